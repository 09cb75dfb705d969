"""Lists that grow and shrink, dicts that change their size, exhausted iterators stay exhausted."""

a = [1, 2, 3]
it = iter(a)
print(next(it))
a.insert(0, 0)
print(next(it))
a.clear()
print(next(it, "over"))
a.extend([7, 8, 9, 10])
print(next(it, "still over"))
b = [1, 2, 3, 4]
for x in b:
    if x % 2 == 0:
        b.remove(x)
print(b)
r = reversed([1, 2, 3])
print(next(r), list(r))
d = {1: 1, 2: 2}
it = iter(d)
next(it)
d[3] = 3
try:
    next(it)
except RuntimeError as error:
    print(error)
e = {1: 1, 2: 2}
it = iter(e.items())
next(it)
del e[1]
e[9] = 9
try:
    print(list(it))
except RuntimeError as error:
    print(error)
s = {1, 2}
it = iter(s)
next(it)
s.add(3)
try:
    next(it)
except RuntimeError as error:
    print(error)
z = zip([1, 2, 3], [1])
print(next(z), next(z, None), next(z, None))
m = map(lambda x: x, [1])
print(list(m), list(m))
g = enumerate("a")
print(list(g), list(g))
