"""Single and multiple inheritance, `super()`, C3 order."""


class A:
    def who(self):
        return "A"

    def chain(self):
        return ["A"]


class B(A):
    def who(self):
        return "B" + super().who()

    def chain(self):
        return ["B"] + super().chain()


class C(A):
    def who(self):
        return "C" + super().who()

    def chain(self):
        return ["C"] + super().chain()


class D(B, C):
    def who(self):
        return "D" + super().who()

    def chain(self):
        return ["D"] + super(D, self).chain()


d = D()
print(d.who(), d.chain())
print([k.__name__ for k in D.__mro__])
print(D.__bases__ == (B, C), D.__base__.__name__)
print(isinstance(d, A), issubclass(D, C), issubclass(A, D))
print(isinstance(d, (int, B)), issubclass(D, (str, A)))
print([k.__name__ for k in A.__subclasses__()])


class Static(A):
    @classmethod
    def make(cls):
        return cls.__name__

    @staticmethod
    def plain():
        return "plain"


class Sub(Static):
    @classmethod
    def make(cls):
        return "sub " + super().make()


print(Sub.make(), Sub().plain())
try:
    class Bad(A, B):
        pass
except TypeError as error:
    print(error)
try:
    super().x
except RuntimeError as error:
    print(error)
