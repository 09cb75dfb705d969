"""`for` and `while` with `else`, `break`, `continue`; targets that survive."""


def find(items, wanted):
    for i, item in enumerate(items):
        if item == wanted:
            break
    else:
        return "not found"
    return i


print(find("abc", "b"), find("abc", "z"), find([], 1))
n = 5
while n:
    n -= 1
    if n % 2:
        continue
    print("even", n)
else:
    print("done", n)
while True:
    n += 1
    if n == 3:
        break
else:
    print("never")
print(n)
for i in range(3):
    pass
print(i)
for i in []:
    pass
else:
    print("empty runs else")
box = [0, 0]
for box[0] in range(3):
    box[1] += box[0]
print(box)
for x in range(3):
    for y in range(3):
        if y == x:
            continue
        if x == 2:
            break
        print(x, y)
    else:
        print("row", x)
it = iter([1, 2, 3, 4])
for a in it:
    print(a, next(it))
items = [1, 2, 3]
for item in items:
    if len(items) < 6:
        items.append(item * 10)
print(items)
for c in "né":
    print(c)
for k in {"a": 1, "b": 2}:
    print(k)
