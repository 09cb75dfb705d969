"""`global` reaches the module, `nonlocal` the nearest enclosing function."""

x = "module"


def read():
    return x


def write():
    global x
    x = "written"


def shadow():
    x = "local"

    def deeper():
        nonlocal x
        x = "from below"

    deeper()
    return x


print(read(), shadow(), x)
write()
print(read(), x)


def create():
    global fresh
    fresh = 1


create()
print(fresh)


def skip():
    x = 1

    def middle():
        def inner():
            nonlocal x
            x += 1
            return x

        return inner

    return middle()() + x


print(skip())


def unbound():
    try:
        print(y)
    except UnboundLocalError as error:
        print(error)
    y = 1


unbound()


def free():
    def inner():
        return z

    try:
        inner()
    except NameError as error:
        print(type(error).__name__, error)
    z = 1


free()
try:
    missing
except NameError as error:
    print(error)
