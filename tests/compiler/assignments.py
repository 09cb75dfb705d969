# Values are computed right into variables where nothing can tell the difference.
def plain(a, b):
    x = a
    y = z = a + b
    x, y = y, x
    a, b = b, a + b
    (x, *y), z = a
    x = x or b
    x = [x, x]
    return x, y, z

def through(o, i, v):
    o.a = v
    o.a[i] = v
    o[i], o.b = o.b, o[i]
    o.n += 1
    o[i] -= v
    i **= 2
    del o.a, o[i], v

counter = 0
def bump():
    global counter
    counter += 1
