"""Keys whose __eq__ or __hash__ changes the very dict or set that is being looked in."""


class Key:
    def __init__(self, name, action=None):
        self.name, self.action = name, action

    def __hash__(self):
        return 7

    def __eq__(self, other):
        if self.action:
            action, self.action = self.action, None
            action()
        return self.name == other.name

    def __repr__(self):
        return self.name


d = {Key("a"): 1, Key("b"): 2, Key("c"): 3}
print(d[Key("b", d.clear)] if False else d.get(Key("b", d.clear)), d)
d = {Key("a"): 1, Key("b"): 2}
d[Key("b", lambda: d.update({i: i for i in range(50)}))] = 5
print(list(d.items())[:3], len(d))
d = {Key("a"): 1, Key("b"): 2}
print(d.pop(Key("b", lambda: d.pop(Key("a"))), "none"), d)
d = {Key("a"): 1}
d[Key("x", lambda: d.__setitem__(Key("x"), "inner"))] = "outer"
print(d, len(d))
d = {Key("a"): 1}
print(d.setdefault(Key("x", lambda: d.__setitem__(Key("x"), "inner")), "outer"), d)
s = {Key("a"), Key("b")}
s.add(Key("b", s.clear))
print(s)
s = {Key("a"), Key("b")}
print(Key("b", lambda: s.update(range(100))) in s, len(s))
s = {Key("a"), Key("b")}
s.discard(Key("b", lambda: s.discard(Key("b"))))
print(s)
l = [Key("a"), Key("b", lambda: l.clear()), Key("c")]
print(Key("c") in l, l)
l = [Key("a"), Key("b", lambda: l.extend([Key("q")] * 3)), Key("c")]
print(l.index(Key("q")), l.count(Key("q")), len(l))
l = [Key("a"), Key("b")]
m = [Key("a"), Key("b", l.clear)]
print(m == l, l)
a = {1: Key("a", lambda: b.clear()), 2: Key("b")}
b = {1: Key("a"), 2: Key("b")}
print(a == b)
for action in ("d[9] = 1", "del d[1]", "d.clear()", "d[1] = 5", "d.pop(2); d[5] = 1"):
    for view in ("d", "d.keys()", "d.values()", "d.items()", "reversed(d)"):
        d = {1: 1, 2: 2, 3: 3}
        try:
            for x in eval(view):
                exec(action)
                break_after = len(d)
                if len(d) > 6:
                    break
            print(action, view, "fine", d)
        except Exception as e:
            print(action, view, type(e).__name__, e)
s = {1, 2, 3}
try:
    for x in s:
        s.add(x + 10)
except RuntimeError as e:
    print(e)
it = iter(s)
next(it)
s.add("more")
for _ in range(3):
    try:
        next(it)
    except RuntimeError as e:
        print(e)
