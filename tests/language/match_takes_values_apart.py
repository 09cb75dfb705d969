"""Every kind of pattern."""


class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Color:
    RED = "red"
    BLUE = "blue"


def what(subject):
    match subject:
        case None:
            return "none"
        case True | False:
            return "bool"
        case 0 | 1 as small:
            return f"small {small}"
        case -5:
            return "minus five"
        case 2.5:
            return "float"
        case "hello" | "bye":
            return "greeting"
        case Color.RED:
            return "red"
        case str(text):
            return f"text {text}"
        case int(n) if n > 100:
            return f"large {n}"
        case int():
            return "int"
        case []:
            return "empty"
        case [x]:
            return f"one {x}"
        case ["go", direction]:
            return f"go {direction}"
        case [first, *rest] if len(rest) > 2:
            return f"{first} and {rest}"
        case (a, b):
            return f"pair {a} {b}"
        case [1, _, 3]:
            return "one something three"
        case {"kind": "circle", "r": r}:
            return f"circle {r}"
        case {"kind": kind, **rest}:
            return f"{kind} {rest}"
        case {}:
            return "mapping"
        case Point(0, 0):
            return "origin"
        case Point(x=0, y=y):
            return f"on the y axis at {y}"
        case Point(x, Point(y, _)):
            return f"nested {x} {y}"
        case Point():
            return "point"
        case _:
            return "other"


for subject in (
    None, True, 0, 1, -5, 2.5, "hello", "red", "word", 101, 7, [], [9], ["go", "north"],
    [1, 2, 3, 4], (1, 2), [1, 5, 3], {"kind": "circle", "r": 2}, {"kind": "box", "w": 1},
    {"x": 1}, Point(0, 0), Point(0, 4), Point(1, Point(2, 3)), Point(5, 5), {1, 2}, b"ab", range(2),
):
    print(what(subject))
match 3, 4:
    case 3, y:
        print("tuple", y)
match "ab":
    case [*_]:
        print("no")
    case _:
        print("strings are not sequences here")
try:
    match Point(1, 2):
        case Point(1, 2, 3):
            pass
except TypeError as error:
    print(error)
