# What a tracer is told that asynchronous generators return: their values as the event loop sees them.
import sys, asyncio
async def g():
    yield 1
    x = [i async for i in h()]
    yield x
async def h():
    yield 7
async def main():
    async for v in g(): pass
def tr(f,e,a):
    if f.f_code.co_name in('g','h') and e=='return': print(f.f_code.co_name,f.f_lineno,type(a).__name__)
    return tr
sys.settrace(tr)
asyncio.run(main())
