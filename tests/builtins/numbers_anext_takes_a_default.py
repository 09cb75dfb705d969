"""anext with and without a default."""


class A:
    def __init__(s, n): s.n=n
    def __aiter__(s): return s
    async def __anext__(s):
        if s.n==0: raise StopAsyncIteration
        s.n-=1
        return s.n
async def ag():
    yield 1
    yield 2
async def main():
    a=A(1)
    print(await anext(a, 'd'), await anext(a,'d'))
    g=ag()
    print(await anext(g), await anext(g,5), await anext(g,6), await anext(g,None))
    try: await anext(g)
    except StopAsyncIteration: print('stop')
    print([x async for x in aiter(A(3))])
c=main()
try: c.send(None)
except StopIteration as e: print('done', e.value)
x = anext(A(0),'q')
try: next(x.__await__())
except StopIteration as e: print(e.value)
print(type(x).__name__)
