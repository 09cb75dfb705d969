# Arguments lie at the top of the live registers; what is above them is dead.
def calls(f, o, a, kw):
    f()
    f(a, 1, f(a, f(2)))
    o.method(a, b=1)
    o.x.y(f).z()
    f(*a)
    f(1, *a, 2, x=3, **kw)
    f(**kw, y=4)
    o.method(*a)
    return f(f(a)) + f(a)

class Base(metaclass=type):
    def method(self):
        return super().method(self.x)
