# Large literals are built in pieces; constants are loaded as one.
x = [1, 2, 3]
y = {1, 2, 3}
z = (a, *b, c)
d = {'a': 1, **e, 'b': 2}
s = {*a, b}
f = f'{a}{b!r:>{width}} text {c=}'
numbers = [
    a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a,
]
