# Comprehensions are inlined; their targets have registers of their own.
def inlined(items, x):
    a = [x for x in items]
    b = {x: y for x, y in items if x if y}
    c = {f(z) for row in items for z in row}
    return a, b, c, x, [lambda: w for w in items]

def generator(items, n):
    return sum(i * n for i in items if i)

def last(items):
    return [y := i for i in items], y

squares = [i * i for i in range(10)]
