# The test of a loop stands at its foot; short conditions at the head as well.
def count(n):
    i = 0
    while i < n:
        i += 1
    while i < 1000 and n > 0:
        i = i + n
    while n:
        n -= 1
        if n == 5:
            continue
        if n == 7:
            break
    else:
        return 'all'
    return i

def endless(read):
    while True:
        line = read()
        if not line:
            break
    return line

def long_condition(a):
    while [x for x in a]:
        a.pop()

def over(items, table):
    for x in items:
        for key, value in table.items():
            if key == x:
                break
            print(value)
        else:
            continue
        return key
    for i in [1, 2, 3]:
        pass

total = 0
for i in range(10):
    total += i

def constants(items, table):
    n = 0
    for x in items:
        if x[0] == 'a':
            n += x[1] & 255
        table[x] = None
    return [x[0] * 2.5 for x in items], n
