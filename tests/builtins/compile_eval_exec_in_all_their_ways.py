# compile, eval, exec: sources, namespaces, closures, flags, code objects.
import sys
def t(what, f):
    try: print(what, "->", f())
    except BaseException as e: print(what, "->", type(e).__name__, e)
t("eval", lambda: eval("1+1")); t("eval ws", lambda: eval("  \t1+1  ")); t("eval nl", lambda: eval("(1\n+1)\n\n"))
t("bytes", lambda: eval(b"'\xc3\xa4'")); t("bytearray", lambda: eval(bytearray(b"3"))); t("memoryview", lambda: eval(memoryview(b"4")))
t("int", lambda: eval(5)); t("exec int", lambda: exec(5)); t("none", lambda: eval(None)); t("stmt", lambda: eval("x = 1")); t("empty", lambda: eval("")); t("null", lambda: eval("1\0")); t("exec null", lambda: exec("1\0"))
g = {}
t("g", lambda: eval("a", {"a": 5})); t("g l", lambda: eval("a + b", {"a": 5, "b": 1}, {"a": 7})); t("kw", lambda: eval("a", globals={"a": 1})); t("kw2", lambda: eval("a", locals={"a": 2}, globals={"a": 1}))
t("bad globals", lambda: eval("1", 5)); t("bad globals2", lambda: eval("1", [])); t("bad locals", lambda: eval("1", {}, 5)); t("exec bad globals", lambda: exec("1", 5)); t("exec bad locals", lambda: exec("1", {}, 5)); t("mapping globals", lambda: eval("1", __import__("types").MappingProxyType({}) if 0 else type("M", (), {"__getitem__": lambda s, k: 1})()))
class M:
    def __getitem__(self, k):
        if k == "print": raise KeyError(k)
        return "item " + k
    def __setitem__(self, k, v): print("set", k, v)
    def __delitem__(self, k): print("del", k)
t("mapping locals", lambda: eval("q", {}, M()))
exec("z = 5\ndel z\nprint(w)", {}, M())
t("name", lambda: eval("undefined_name")); t("name2", lambda: eval("undefined_name", {})); 
exec("k = 1", g); print(sorted(g)[1:], "__builtins__" in g)
exec("import sys\ndef f(): return k + 1\nprint(f())", g)
def outer():
    v = 10
    exec("v = 20"); print(v, locals())
    print(eval("v"), eval("[v for _ in range(2)]"))
    l = locals(); l["v"] = 5; print(v)
    def inner(): return v
    return inner
outer()
t("builtins", lambda: eval("len", {"__builtins__": {}})); t("builtins2", lambda: eval("len('abc')", {"__builtins__": {"len": lambda x: "mine"}})); t("builtins mod", lambda: eval("len('abc')", {"__builtins__": __builtins__}))
c = compile("1+2", "<my>", "eval"); print(c, type(c), eval(c), exec(c), c.co_filename, c.co_name)
c = compile("x=1\nx", "<my>", "exec"); print(eval(c, g), g["x"])
c = compile("1+2\n", "<my>", "single"); exec(c)
exec(compile("None\n'txt'", "a", "single") if 0 else compile("'txt'", "a", "single")); print(_)
for mode in ("bad", "", 5): t(f"mode {mode!r}", lambda: compile("1", "f", mode))
t("single two", lambda: compile("1\n2", "f", "single")); t("filename", lambda: compile("1", 5, "eval")); t("fb", lambda: compile("1", b"bytes", "eval").co_filename); t("flags", lambda: compile("1", "f", "eval", 1 << 30)); t("flags2", lambda: compile("1", "f", "eval", -1)); t("opt", lambda: compile("1", "f", "eval", optimize=5)); t("opt", lambda: compile("1", "f", "eval", optimize=-2)); t("noargs", lambda: compile()); t("src", lambda: compile(5, "f", "eval")); t("missing", lambda: compile("1"))
print(eval(compile("__debug__", "f", "eval", optimize=1)), eval(compile("__debug__", "f", "eval", optimize=0)))
exec(compile("assert 0\nprint('no assert')", "f", "exec", optimize=1)); exec(compile("'doc'\nprint(__doc__)", "f", "exec", optimize=2))
exec(compile("def f(a: undefined): pass\nprint(f.__annotations__)", "f", "exec", 0x1000000)); 
import __future__
t("annot", lambda: exec(compile("def f(a: undefined): pass\nprint(f.__annotations__)", "f", "exec", flags=__future__.annotations.compiler_flag, dont_inherit=True)))
def maker():
    x = 1; y = 2
    def f(): nonlocal x; x += 1; return x, y
    return f
f = maker(); code = f.__code__
t("free vars", lambda: exec(code)); t("closure", lambda: exec(code, closure=f.__closure__)); t("closure short", lambda: exec(code, closure=())); t("closure bad", lambda: exec(code, closure=5)); t("closure str", lambda: exec("1", closure=())); t("closure none", lambda: exec(compile("1","f","exec"), closure=f.__closure__)); t("eval free", lambda: eval(code)); t("cl items", lambda: exec(code, closure=(1,2)))
print(f())
t("syntax", lambda: eval("1 +")); t("syntax2", lambda: exec("a b")); t("indent", lambda: exec("  x = 1")); t("indent2", lambda: exec("if 1:\nx")); t("unterminated", lambda: eval("'abc")); t("paren", lambda: eval("(1")); t("await", lambda: eval("await x")); t("yield", lambda: exec("yield 1")); t("return", lambda: exec("return 1")); t("star", lambda: eval("*a")); t("walrus", lambda: eval("(w := 5)")); t("lambda", lambda: eval("lambda: (yield)"))
t("many", lambda: eval("1", {}, {}, {})); t("exec many", lambda: exec("1", {}, {}, {})); t("kw bad", lambda: eval("1", foo=1))
class C:
    a = 1
    exec("b = a + 1")
    print(b, eval("a"), sorted(n for n in locals() if n[0] != "_"))
print(C.b)
t("globals is dict sub", lambda: eval("missing", type("D", (dict,), {"__missing__": lambda s, k: "M" + k})()))
t("locals missing", lambda: eval("missing", {}, type("D", (dict,), {"__missing__": lambda s, k: "M" + k})()))
t("recursion", lambda: eval("(" * 300 + "1" + ")" * 300))
print(eval("__name__"), eval("__name__", {"__name__": "other"}))
exec("""
class Late:
    def m(self): return __class__.__name__
print(Late().m())
""")
t("exec returns", lambda: exec("x = 1")); t("ret", lambda: exec("1"))
print((lambda q: eval("q"))(4))
