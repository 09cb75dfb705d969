# Class and static methods, looked up on instances, classes and subclasses at one place in the code, replaced meanwhile.
class A:
    @staticmethod
    def mix(a, b):
        return ("A.mix", a, b)

    @classmethod
    def label(cls, x=0):
        return (cls.__name__, x)

    made = staticmethod(list)


class B(A):
    @classmethod
    def label(cls, x=0):
        return ("B's", cls.__name__, x)


class C(B):
    @staticmethod
    def mix(a, b=5):
        return ("C.mix", a, b)


class Special(classmethod):
    def __get__(self, instance, owner):
        return lambda *args: ("special", instance is None, owner.__name__, args)


class D(A):
    label = Special(A.label)


def ask(o, n):
    return o.mix(n, 1), o.label(n), o.label(), o.made("ab")


for n in range(3):
    for o in (A(), A, B(), B, C(), C, D(), D):
        print(n, ask(o, n))

A.mix = staticmethod(lambda a, b: ("new mix", a, b))
A.label = classmethod(lambda cls, x=1: ("new label", cls.__name__, x))
for o in (A(), A, B(), B, C()):
    print(ask(o, 9))
A.label = lambda *args: ("plain", len(args))
print(A().label(1), A.label(1))
a = A()
a.label = lambda *args: ("own", args)
for o in (a, A(), a):
    print(o.label(3))
