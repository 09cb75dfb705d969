"""Slices of every shape on the left-hand side."""

a = list(range(10))
a[2:5] = ["x"]
print(a)
a[1:1] = [7, 8]
print(a)
a[::3] = "abcd"
print(a)
del a[1:3]
print(a)
del a[::2]
print(a)
a[:] = [1, 2, 3]
print(a)
a[3:] = (4, 5)
a[:0] = {0}
print(a)
a[-2:] = []
print(a)
a[1:3] = a
print(a)
a[5:2] = ["between"]
print(a)
a[::-1] = range(len(a))
print(a)
a[10:20] = [99]
print(a)
for bad in ("a[::2] = [1]", "a[1:2] = 5", "a[99] = 1", "del a[99]", "a[0:4:0] = []", "a[::0]", "a['x'] = 1"):
    try:
        exec(bad)
    except Exception as error:
        print(type(error).__name__, error)
b = [1, 2, 3, 4]
b[1], b[2] = b[2], b[1]
b[-1] += 10
print(b, b[slice(1, 3)], b[slice(None, None, -1)])
c = [0] * 3
c[len(c):] = [1]
print(c, [*c[:2], *c[2:]] == c)
e = [1, 2, 3]
for x in e[:]:
    e.remove(x)
print(e)
