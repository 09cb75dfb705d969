"""Names of comprehensions' targets used again as globals, and global statements seen from code with other locals."""
from collections import abc, Counter

print(abc.Mapping, Counter("aab")["a"])


def in_function(body):
    namespace = {"x": 3}
    lines = "\n".join("    " + line for line in body)
    exec(f"def f():\n{lines}\n    return locals()\nresult = f()", namespace)
    return namespace["result"]


print(in_function(["[x for x in [1]]", "y = [x for _ in [1]]"]))
print(in_function(["y = [x for _ in [1]]", "[x for x in [1]]", "z = x"]))
print(in_function(["a = [[x for x in [1]] for _ in [2]]", "b = {x: x for _ in [1]}", "c = (lambda: x)()"]))
print(in_function(["a = [x for x in [1] if [x for x in [2]]]", "b = x"]))
for body in (["[x for x in [1]]", "del x"], ["[x for x in [1]]", "x += 1"]):
    try:
        print(in_function(body))
    except UnboundLocalError as error:
        print(error)

# What a nested function declares global is global for the code around it, too, where that has locals of its own.
names, others = {}, {}
exec(
    """
x = 7
def f():
    x = 1
    def g():
        global x
        def h():
            return x
        return h()
    return g()
seen = f()
def put():
    global made
    made = 5
put()
found = made
""",
    names,
    others,
)
print(names["x"], names["made"], others["seen"], others["found"], sorted(others))
exec("def f():\n    global y\n    y = 2\ny = 1\ndel y\nprint('y' in globals(), 'y' in locals())", names, others)
exec("class C:\n    global z\n    z = 1\nz += 1\nprint(z, 'z' in locals())", names, others)
