"""`+=` and its relatives on names, items, attributes; in place for lists, new objects for tuples."""

log = []


class Box:
    def __init__(self):
        self.items = {"a": 1}
        self.n = 2

    def me(self):
        log.append("me")
        return self


def key():
    log.append("key")
    return "a"


box = Box()
box.me().items[key()] += 10
print(box.items, log)
box.me().n **= 3
print(box.n)
x = 7
x += 1
x -= 2
x *= 5
x //= 4
x %= 5
x <<= 4
x >>= 1
x |= 3
x &= 10
x ^= 1
print(x)
y = 9
y /= 2
print(y)
a = b = [1]
a += [2]
a *= 2
print(b, a is b)
s = t = (1,)
s += (2,)
print(t, s)
d = {"k": 1}
d |= {"z": 2}
print(d)
u = {1, 2, 3}
u &= {2, 3, 4}
u -= {3}
u ^= {9}
print(u == {2, 9})
text = "ab"
text *= 2
text += "!"
print(text)
row = ([1],)
try:
    row[0] += [2]
except TypeError as error:
    print(error, row)
a = [1]
a += "xy"
a += (n for n in range(2))
print(a)
m = [0, 0]
m[0], i = 5, 0
m[i] += 1
print(m)
