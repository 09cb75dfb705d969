# A class method that is taken from its class without being called is bound to the class, the second time as well.
class Base:
    @classmethod
    def made(cls):
        return cls.__name__

    @staticmethod
    def static():
        return "static"


class Derived(Base):
    pass


def take(cls):
    return cls.made


def take_static():
    return Base.static


for cls in (Base, Derived, Base, Base, Derived, Derived):
    print(take(cls)(), take(cls).__self__.__name__, take_static()())
for function in (Base.made, Derived.made) * 3:
    print(function(), end=" ")
print()
