# Calls with more arguments than fit where few are kept: none is lost on the way.
def gather(*args, **kwargs):
    return args, kwargs


def some(a, b=0, *rest, key=None, **others):
    return a, b, rest, key, others


class Made:
    def __init__(self, *args):
        self.args = args

    def method(self, first, *args):
        return first, args


print(gather(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20))
print(some(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, key="k", other="o"))
print(gather(a=1, b=2, c=3, d=4, e=5, f=6, g=7, h=8, i=9, j=10, k=11, l=12, m=13, n=14, o=15, p=16, q=17, r=18))
print(Made(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18).args)
print(Made().method(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18))
for count in (15, 16, 17, 18, 100, 5000):
    args, kwargs = gather(*range(count), **{f"k{n}": n for n in range(count)})
    print(args == tuple(range(count)), kwargs == {f"k{n}": n for n in range(count)})
names = ", ".join(f"p{n}" for n in range(40))
scope = {}
exec(f"def many({names}, last='default'): return [{names}, last]\ncalled = many({', '.join(map(str, range(40)))})", scope)
print(scope["called"])
exec(f"called = many({', '.join(f'p{n}={n}' for n in range(39, -1, -1))})", scope)
print(scope["called"])
try:
    exec("many(" + ", ".join(map(str, range(50))) + ")", scope)
except TypeError as error:
    print(error)
