"""`exec`, `eval` and `compile` with namespaces of their own."""

print(eval("1 + 2"), eval("x * 2", {"x": 21}))
namespace = {}
exec("a = 1\ndef f():\n    return a + 1\n", namespace)
print(namespace["a"], namespace["f"](), sorted(k for k in namespace if not k.startswith("__")))
exec("print('hello from exec')")
code = compile("y + 1", "<given>", "eval")
print(eval(code, {"y": 5}), code.co_filename)
block = compile("z = 5; print(z)", "<block>", "exec")
exec(block)
print(z)
local = {}
exec("q = w", {"w": 1}, local)
print(local)


def g():
    inner = 3
    return eval("inner + 1"), sorted(locals())


print(g())
for bad in ("1 +", "def", "a b", "(", "'open"):
    try:
        eval(bad)
    except SyntaxError as error:
        print(type(error).__name__, error.msg)
try:
    eval("undefined_name")
except NameError as error:
    print(error)
print(eval(" 3 "), eval("[i for i in range(3)]"), eval("(lambda: 4)()"))
single = compile("5 + 5\n", "<s>", "single")
exec(single)
print(globals() is globals(), "namespace" in globals(), __name__)
