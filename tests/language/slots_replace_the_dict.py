"""`__slots__`: no `__dict__`, no other attributes, inheritance."""


class P:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


p = P(1, 2)
print(p.x, p.y, hasattr(p, "__dict__"), P.__slots__)
p.x = 5
del p.y
for action in ("p.z = 1", "p.y", "del p.y"):
    try:
        exec(action)
    except AttributeError as error:
        print(error)


class Q(P):
    pass


q = Q(1, 2)
q.z = 3
print(q.x, q.z, q.__dict__)


class R(P):
    __slots__ = "w"


r = R(1, 2)
r.w = 9
print(r.w, r.x, hasattr(r, "__dict__"))
print(type(P.x).__name__)
try:
    class Bad:
        __slots__ = ("a",)
        a = 1
except ValueError as error:
    print(error)
