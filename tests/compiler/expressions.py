# Locals are operands where they are; a walrus later in the expression makes a copy.
def locals_in_place(a, b):
    return a + b * (a - b) // 2 % 3

def walrus(x, y):
    return x + (x := y) + x

def small_integers(n):
    return n + 1, n - 1, n * 2, n // 2, n % 2, 1 - n, -n, ~n, not n

def chain(o, i):
    return o.a.b[i].c(i)[0]('x').d

def slices(a, i, j):
    return a[i:j], a[::2], a[i:j, ...]

def constants():
    return 1 + 2 * 3, -1.5, 'a' 'b' + 'c', (1, (2, 3)), 2 ** 10, 1 << 200, 1 + 2j, 'ab' * 3, 7 // 2, 1 / 0

def apart():
    return 1, 1.0, True, 0.0, -0.0, 1j, '1', b'1', (1,), (1.0,)

def maybe_unbound(flag):
    if flag:
        x = 1
    print(x)
    return x
