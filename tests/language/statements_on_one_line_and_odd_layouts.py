"""Semicolons, backslashes, brackets across lines, tabs, comments, blank lines."""

a = 1; b = 2; print(a, b)
if a: print("one line"); print("two")
else: print("no")
for i in range(2): print(i, end=" ")
print()
while a < 3: a += 1
print(a)
total = 1 + \
    2 + \
    3
print(total)
items = [
    1,  # a comment inside

    2,
    # only a comment
    3,
]
print(items)
text = ("adjacent "
        "strings "
        'join')
print(text)
def f(): return 1
class C: x = 1; y = 2
print(f(), C.x, C.y)
if True:
	tabbed = "tab"
	print(tabbed)
if (a and
    b or
    total):
    print("conditions")


def g(
    x,
    y=2,
    *,
    z=3,
):
    return x, y, z


print(
    g(
        1,
    )
)
pass; pass
...
"a string statement"
if 1:
    # comment first
    pass
x = [i
     for i in range(3)
     if i]
print(x)
match = 1
case = 2
type = 3
_ = match + case + type
print(_)
