# Conditions become jumps; comparisons and jumps are one instruction.
def short_circuit(a, b, c):
    if a and b or not c:
        return 1
    if not (a or b):
        return 2
    return a or b and c

def comparisons(a, b):
    if a < b <= 10:
        return 'chained'
    if a == 3 or b != -7:
        return 'small'
    if a is None or b is not None:
        return 'none'
    if a in (1, 2) and b not in {3, 4}:
        return 'in'
    if a < 100000:
        return 'large'
    return a < b < 5

def choice(a, b):
    x = a if a > b else b
    if (a if b else x):
        return x

def known():
    if True:
        x = 1
    if 0:
        x = 2
    elif not None:
        x = 3
    else:
        x = 4
    while 1:
        return x
