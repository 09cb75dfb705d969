"""Names in a class body, seen by the body itself, not by its methods."""

x = "global"


class C:
    x = "class"
    y = x + " body"

    def method(self):
        return x

    f = lambda self: x
    listed = [n for n in (x, y)]

    class Inner:
        z = x

    if True:
        conditional = 1
    for loop in range(2):
        pass
    del loop


c = C()
print(C.y, c.method(), c.f(), C.listed, C.Inner.z, C.conditional, hasattr(C, "loop"))
print(C.Inner.__qualname__, C.method.__qualname__, C.f.__qualname__)


def outer():
    v = "closed over"

    class L:
        w = v

        def get(self):
            return v

    v = "changed"
    return L


L = outer()
print(L.w, L().get(), L.__qualname__)


class Shadow:
    x = x
    print("in body", x)
    global g
    g = "set from a class"


print(Shadow.x, g)


class Private:
    def __init__(self):
        self.__secret = 1

    def get(self):
        return self.__secret


p = Private()
print(p.get(), sorted(vars(p)), hasattr(p, "__secret"))


def free():
    n = 1

    class K:
        nonlocal n
        n = 2

    return n


print(free())
