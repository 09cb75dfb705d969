"""Value and Array: numbers and characters in memory that processes share."""
import multiprocessing
import re
from multiprocessing import sharedctypes

ctx = multiprocessing.get_context("fork")


def attempt(*calls):
    for call in calls:
        try:
            print(re.sub("0x[0-9a-f]+", "0x", repr(call())))
        except BaseException as e:
            print(type(e).__name__)


for code, values in (("b", (1, -129)), ("B", (255, 256)), ("h", (-5, 40000)), ("H", (7, -1)), ("i", (1, 2**31)), ("I", (1, -1)),
                     ("l", (-1, 2**63)), ("L", (0, 2**64 + 1)), ("q", (5,)), ("Q", (6,)), ("f", (0.5, 3)), ("d", (0.1, -1))):
    for value in values:
        made = ctx.Value(code, value)
        print(code, made.value, made, made.get_obj())
print(ctx.Value("c", b"x").value, ctx.Value("i").value, ctx.Value("d").value, ctx.Value("i", lock=False))
value = ctx.Value("i", 5)
print(value.get_lock(), value.get_obj())
value.value += 2
print(value.value)
attempt(lambda: ctx.Value("i", "x"), lambda: ctx.Value("i", 1.5), lambda: ctx.Value("d", "x"), lambda: ctx.Value("i", 1, 2),
        lambda: ctx.Value("i", 1, lock=5), lambda: ctx.Value("i", lock=ctx.Lock()))
array = ctx.Array("i", 5)
print(array, len(array), list(array), array[:], array[1:3])
array[0], array[-1] = 7, 9
array[1:3] = [4, 5]
print(list(array), array[::2], sum(array), 7 in array, array.get_obj()[3])
attempt(lambda: array[5], lambda: array.__setitem__(5, 1), lambda: array.__setitem__(slice(0, 2), [1]),
        lambda: array.__setitem__(0, "x"), lambda: ctx.Array("i", -1), lambda: ctx.Array("i", [1, 2], lock=False)[:])
text = ctx.Array("c", b"hello")
print(text.value, text.raw, len(text), text[1], text[1:3])
text.value = b"ab"
print(text.value, text.raw)
text[0] = b"X"
print(text[:], text.raw)
attempt(lambda: setattr(text, "value", b"too long a text"), lambda: setattr(text, "value", "str"))
doubles = ctx.RawArray("d", [1.5, 2.5])
print(list(doubles), sharedctypes.copy(doubles)[:])


def change(value, array, text):
    with value.get_lock(), array.get_lock():
        value.value = 42
        array[:] = [n * n for n in range(5)]
    text.value = b"world"


p = ctx.Process(target=change, args=(value, array, text))
p.start()
p.join()
print(value.value, array[:], text.value)
