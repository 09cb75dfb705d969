"""`del` of names, items, slices, attributes, several at once."""

a = 1
del a
try:
    a
except NameError as error:
    print(error)
items = [0, 1, 2, 3, 4, 5]
del items[0], items[-1]
del items[1:3]
print(items)
table = {"x": 1, "y": 2}
del table["x"]
print(table)


class Box:
    pass


box = Box()
box.v = 1
del box.v
print(hasattr(box, "v"))
for action in ("del box.v", "del table['gone']", "del items[10]", "del nothing", "del (1).x"):
    try:
        exec(action)
    except Exception as error:
        print(type(error).__name__, error)
b, c = 1, 2
del (b, c)
print("b" in globals(), "c" in globals())


def f():
    x = 1
    del x
    try:
        x
    except UnboundLocalError as error:
        print(error)
    x = 2
    return x


print(f())


def g():
    y = 1

    def h():
        return y

    del y
    try:
        h()
    except NameError as error:
        print(error)


g()
numbers = list(range(10))
del numbers[::2]
print(numbers)
