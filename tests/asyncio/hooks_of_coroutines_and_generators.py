# sys: hooks of asynchronous generators, and where coroutines were made.
import asyncio
import gc
import sys
import types
import warnings


def show(source):
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "!!", type(error).__name__, error)


for source in """sys.get_asyncgen_hooks()
sys.set_asyncgen_hooks(5)
sys.set_asyncgen_hooks(firstiter=5)
sys.set_asyncgen_hooks(finalizer=[])
sys.set_asyncgen_hooks(print), sys.get_asyncgen_hooks()
sys.set_asyncgen_hooks(finalizer=len), sys.get_asyncgen_hooks().firstiter, sys.get_asyncgen_hooks()[1]
sys.set_asyncgen_hooks(None, None), sys.get_asyncgen_hooks()
sys.get_coroutine_origin_tracking_depth()
sys.set_coroutine_origin_tracking_depth(-1)
sys.set_coroutine_origin_tracking_depth('x')
sys.is_stack_trampoline_active()
sys.activate_stack_trampoline('x')
sys.activate_stack_trampoline(5)
sys.deactivate_stack_trampoline()
types.GeneratorType[int, str, None], types.CoroutineType[int, str, None], types.AsyncGeneratorType[int]""".split("\n"):
    show(source)


over = []


async def numbers(name):
    try:
        yield 1
        yield 2
    finally:
        over.append(name)


def step(awaitable):
    try:
        awaitable.send(None)
    except StopIteration as stop:
        return stop.value
    except StopAsyncIteration:
        return "over"


print("# the hooks")
ended = []
sys.set_asyncgen_hooks(lambda it: print("first of", it.__name__), lambda it: ended.append((it.__name__, step(it.aclose()))))
one = numbers("one")
print(step(one.__anext__()), step(one.asend(None)), step(one.__anext__()), step(one.__anext__()))


async def forgotten():
    try:
        yield 1
    finally:
        left.append("left")


def forget(count):
    for _ in range(count):
        step(forgotten().asend(None))


left = []
forget(4)
gc.collect()
# Some collectors find all of them, others most.
print(0 < len(ended) == len(left) <= 4, set(ended), set(left))
three = numbers("three")
print(step(three.aclose()))
four = numbers("four")
sys.set_asyncgen_hooks(None, None)
print(step(four.__anext__()), step(four.aclose()))


def refuse(it):
    raise ValueError("not today")


sys.set_asyncgen_hooks(refuse)
five = numbers("five")
try:
    five.__anext__()
except ValueError as error:
    print("refused:", error)
print(step(five.__anext__()))
step(five.aclose())
sys.set_asyncgen_hooks(None)


async def main():
    print(sys.get_asyncgen_hooks().firstiter.__name__)
    async for number in numbers("left early"):
        kept.append(number)
        break
    held.append(numbers("held"))
    print(await anext(held[0]))


print("# the loop closes them")
kept, held = [], []
asyncio.run(main())
print(kept, sys.get_asyncgen_hooks(), sorted(over))


async def work():
    pass


def make():
    return work()


print("# where coroutines were made")
c = make()
print(c.cr_origin)
c.close()
for depth in (1, 2, 5):
    sys.set_coroutine_origin_tracking_depth(depth)
    c = make()
    print([(line, name) for file, line, name in c.cr_origin], c.cr_origin[0][0] == __file__)
    c.close()


def forget_one():
    make()
    return sum(range(10))


caught = []
warnings.showwarning = lambda message, *rest: caught.append(str(message))
warnings.simplefilter("always")
for _ in range(4):
    forget_one()
gc.collect()
print(caught[0].replace(__file__, "FILE"))
sys.set_coroutine_origin_tracking_depth(0)
c = make()
print(c.cr_origin, sys.get_coroutine_origin_tracking_depth())
c.close()
