"""Every binary operator: plain, reflected and in place, and NotImplemented from each."""
import operator

NAMES = ["add", "sub", "mul", "truediv", "floordiv", "mod", "divmod", "pow", "lshift", "rshift", "and", "xor", "or", "matmul"]
SYMBOLS = {"add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%", "pow": "**", "lshift": "<<",
           "rshift": ">>", "and": "&", "xor": "^", "or": "|", "matmul": "@"}


def method(name):
    return lambda self, *other: (type(self).__name__, name, *[type(o).__name__ for o in other])


def refuse(self, *other):
    return NotImplemented


class Left:
    pass


class Right:
    pass


class Child(Left):
    pass


class Mute:
    pass


for name in NAMES:
    setattr(Left, f"__{name}__", method(f"__{name}__"))
    setattr(Right, f"__r{name}__", method(f"__r{name}__"))
    setattr(Child, f"__r{name}__", method(f"__r{name}__"))
    setattr(Mute, f"__{name}__", refuse)
    setattr(Mute, f"__r{name}__", refuse)
    if name != "divmod":
        setattr(Right, f"__i{name}__", method(f"__i{name}__"))
        setattr(Mute, f"__i{name}__", refuse)

for name, symbol in SYMBOLS.items():
    for left, right in [(Left(), 1), (1, Right()), (Left(), Child()), (Left(), Right()), (Right(), 2), (Mute(), Mute()),
                        (Mute(), 3), ("s", Mute()), (Mute(), Right()), (object(), object())]:
        for text in (f"left {symbol} right", f"operator.__{name}__(left, right)"):
            try:
                print(name, eval(text))
            except TypeError as error:
                print(name, "TypeError:", error)
        try:
            target = {"left": left, "right": right}
            exec(f"left {symbol}= right", target)
            print(name, "in place", target["left"] if isinstance(target["left"], tuple) else type(target["left"]).__name__)
        except TypeError as error:
            print(name, "in place TypeError:", error)
for left, right in [(Left(), 1), (1, Right()), (Mute(), 1)]:
    try:
        print(divmod(left, right))
    except TypeError as error:
        print("TypeError:", error)
for args in [(Left(), 2, 3), (2, Right(), 3), (Mute(), 2, 3), (2.0, 3, 4), (2, 3, "x"), ("a", 1, 2)]:
    try:
        print(pow(*args))
    except TypeError as error:
        print("TypeError:", error)
for symbol, name in [("-", "neg"), ("+", "pos"), ("~", "invert")]:
    setattr(Left, f"__{name}__", method(f"__{name}__"))
    print(eval(f"{symbol}Left()"))
    for value in ("s", None, [], Right(), 1.5 if symbol == "~" else {}):
        try:
            print(eval(f"{symbol}value"))
        except TypeError as error:
            print("TypeError:", error)
