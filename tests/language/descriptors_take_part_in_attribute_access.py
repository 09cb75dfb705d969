"""`__get__`, `__set__`, `__delete__`, `__set_name__`; data descriptors win over instances."""


class Typed:
    def __init__(self, kind):
        self.kind = kind

    def __set_name__(self, owner, name):
        print("named", owner.__name__, name)
        self.name = "_" + name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return getattr(instance, self.name, None)

    def __set__(self, instance, value):
        if not isinstance(value, self.kind):
            raise TypeError(f"{self.name[1:]} must be {self.kind.__name__}")
        setattr(instance, self.name, value)

    def __delete__(self, instance):
        print("delete", self.name)


class Lazy:
    def __init__(self, f):
        self.f = f

    def __get__(self, instance, owner):
        print("computing")
        value = instance.__dict__[self.f.__name__] = self.f(instance)
        return value


class Person:
    name = Typed(str)
    age = Typed(int)

    @Lazy
    def slow(self):
        return 42


p = Person()
p.name = "Ada"
p.age = 36
print(p.name, p.age, type(Person.name).__name__)
try:
    p.age = "old"
except TypeError as error:
    print(error)
del p.age
print(p.slow, p.slow, sorted(p.__dict__))
p.__dict__["name"] = "hidden"
print(p.name)
