"""The built-in decorators used as functions; `super` with arguments; `object`."""


class A:
    def f(cls):
        return cls.__name__

    g = classmethod(f)
    h = staticmethod(lambda x: x * 2)
    p = property(lambda self: "computed", doc="the doc")


print(A.g(), A().g(), A.h(3), A().h(4), A().p, A.p.__doc__)


class B(A):
    def f(self):
        return super(B, self).f

    @classmethod
    def g(cls):
        return super().g() + "+"


print(B.g(), callable(B().f()))
print(super(B, B()).p, super(B, B).g())
o = object()
print(type(o).__name__, isinstance(5, object), object() == object(), o == o, repr(o)[:15])
for bad in ("super(A, 5)", "object(1)", "super(5, 6)", "property(1, 2, 3, 4, 5)", "B().p.x", "super(B, B()).nothing"):
    try:
        eval(bad)
    except Exception as error:
        print(type(error).__name__, error)
print(isinstance(A.__dict__["g"], classmethod), A.__dict__["h"].__func__(1), A.__dict__["p"].fget(None), A.__dict__["p"].fset)


class C:
    @staticmethod
    def s():
        return "static"

    alias = s


print(C.s(), C().alias(), C.alias())
