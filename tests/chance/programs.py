# part of tests/differential: whole programs, made by chance
"""Makes short programs of statements of every kind out of a seed, runs them and says what they did.

    programs.py SEED FIRST COUNT

They trace where they come along, end in bounded time, and their tracebacks are compared as well.
"""

import linecache
import random
import re
import signal
import sys
import traceback

NAMES = ["a", "b", "c", "d"]
ERRORS = ["ValueError", "KeyError", "TypeError", "ZeroDivisionError", "LookupError", "Exception", "StopIteration", "NameError"]
PRELUDE = '''
class Manager:
    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow
    def __enter__(self):
        trace("enter", self.name)
        return self
    def __exit__(self, kind, error, where):
        trace("exit", self.name, kind and kind.__name__, str(error))
        return self.swallow
class Loud:
    def __init__(self, value):
        self.value = value
    def __getattr__(self, name):
        trace("getattr", name)
        if name.startswith("_"):
            raise AttributeError(name)
        return self.value
    def __setitem__(self, key, value):
        trace("setitem", key, value)
    def __getitem__(self, key):
        trace("getitem", key)
        return self.value
    def __iadd__(self, other):
        trace("iadd", other)
        return self
    def __bool__(self):
        trace("bool")
        return bool(self.value)
    def __eq__(self, other):
        trace("eq")
        return self.value == other
    def __lt__(self, other):
        trace("lt")
        return self.value < other
    def __add__(self, other):
        return Loud(self.value)
    def __iter__(self):
        trace("iter")
        return iter([self.value, 2])
    def __call__(self, *args, **names):
        trace("call", args, names)
        return self
    def __repr__(self):
        return f"Loud({self.value!r})"
'''


class Maker:
    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.pick = self.chance.choice
        self.lines = []
        self.traces = 0
        self.functions = []
        self.loops = 0
        self.kinds = []

    def some(self, most):
        return range(self.chance.randrange(1, most + 1))

    # ---- expressions

    def atom(self):
        return self.pick([
            self.pick(NAMES), self.pick(NAMES), self.pick(NAMES), str(self.chance.randrange(-2, 6)), repr(self.pick(["", "x", "ab", "é"])),
            "None", "True", "[]", "[1, 2]", "(1, 'x')", "{'k': 1}", "Loud(1)", "Loud(0)", "2.5", "b'z'", "unknown", "{1, 2}", "...",
        ])  # fmt: skip

    def expression(self, depth=2):
        if depth == 0:
            return self.atom()
        sub = lambda: self.expression(depth - 1)
        return self.pick([
            self.atom, self.atom, lambda: f"{sub()} {self.pick('+ - * / // % | & == < > <= in is'.split())} {sub()}",
            lambda: f"({sub()} if {sub()} else {sub()})", lambda: f"{sub()} {self.pick(['and', 'or'])} {sub()}", lambda: f"not {sub()}",
            lambda: f"[{sub()}, *{sub()}]", lambda: f"({sub()}, {sub()})", lambda: f"{{{sub()}: {sub()}}}", lambda: f"{{**{sub()}, 'z': {sub()}}}",
            lambda: f"{self.atom()}[{sub()}]", lambda: f"{self.atom()}[{self.chance.randrange(-2, 3)}:]", lambda: f"{self.pick(NAMES)}.attribute",
            lambda: f"[{sub()} for {self.pick(NAMES)} in {sub()} if {sub()}]", lambda: f"{{{self.pick(NAMES)} for {self.pick(NAMES)} in {sub()}}}",
            lambda: f"list({sub()} for {self.pick(NAMES)} in {sub()})", lambda: f"{{{sub()}: {self.pick(NAMES)} for {self.pick(NAMES)} in {sub()}}}",
            lambda: f"({self.pick(NAMES)} := {sub()})", lambda: f"(lambda {self.pick(NAMES)}={sub()}: {sub()})()", lambda: f"{self.called()}",
            lambda: f"f'{{{self.atom()}!r:>4}}{{{self.atom()}}}'", lambda: f"{sub()} < {sub()} < {sub()}", lambda: f"len({sub()})", lambda: f"-{sub()}",
            lambda: f"trace({sub()})", lambda: f"(yield_({sub()}))", lambda: f"{self.pick(NAMES)}({sub()}, *{sub()}, k={sub()})",
        ])()  # fmt: skip

    def called(self):
        if not self.functions:
            return "len('abc')"
        name = self.pick(self.functions)
        given = ", ".join(self.pick([self.atom(), f"{self.pick(NAMES)}={self.atom()}", f"*{self.atom()}"]) for _ in range(self.chance.randrange(3)))
        return f"{name}({given})"

    def target(self):
        return self.pick([
            self.pick(NAMES), self.pick(NAMES), self.pick(NAMES), f"{self.pick(NAMES)}, {self.pick(NAMES)}", f"{self.pick(NAMES)}, *{self.pick(NAMES)}",
            f"{self.pick(NAMES)}[0]", f"{self.pick(NAMES)}.attribute", f"[{self.pick(NAMES)}, ({self.pick(NAMES)}, {self.pick(NAMES)})]",
        ])  # fmt: skip

    # ---- statements

    def put(self, indent, text):
        self.lines.append("    " * indent + text)

    def block(self, indent, depth):
        self.traces += 1
        self.put(indent, f"trace({self.traces})")
        for _ in self.some(3):
            self.statement(indent, depth)

    def statement(self, indent, depth):
        simple = [self.assignment] * 4 + [self.augmented, self.showing, self.showing, self.raising, self.deleting, self.leaving, self.asserting]
        compound = [self.condition, self.loop, self.counting, self.trying, self.trying, self.managing, self.function, self.matching, self.klass, self.trying_group]
        self.pick(simple if depth == 0 else simple + compound)(indent, depth - 1)

    def assignment(self, indent, depth):
        self.put(indent, f"{self.target()} = {self.expression()}")

    def augmented(self, indent, depth):
        self.put(indent, f"{self.pick(NAMES)}{self.pick(['', '', '[0]', '.attribute'])} {self.pick(['+=', '*=', '-=', '|='])} {self.expression()}")

    def showing(self, indent, depth):
        self.put(indent, f"trace({self.expression()})")

    def asserting(self, indent, depth):
        self.put(indent, f"assert {self.expression()}, {self.atom()}")

    def raising(self, indent, depth):
        self.put(indent, self.pick(["raise", f"raise {self.pick(ERRORS)}({self.atom()})", f"raise {self.pick(ERRORS)} from {self.pick(['None', 'KeyError(1)', 'a'])}",
            f"if {self.expression(1)}: raise {self.pick(ERRORS)}", "raise ExceptionGroup('g', [ValueError(1), KeyError(2)])"]))  # fmt: skip

    def deleting(self, indent, depth):
        self.put(indent, f"del {self.pick([self.pick(NAMES), self.pick(NAMES) + '[0]', self.pick(NAMES) + '.attribute'])}")

    def leaving(self, indent, depth):
        ways = ["pass"]
        if self.loops:
            ways += ["break", "continue", f"if {self.expression(1)}: break", f"if {self.expression(1)}: continue"]
        if self.kinds:
            ways += [f"return {self.expression(1)}", f"if {self.expression(1)}: return {self.atom()}"]
            if self.kinds[-1] == "generator":
                ways += [f"{self.pick(NAMES)} = yield {self.atom()}", f"yield from {self.expression(1)}"] * 2
        self.put(indent, self.pick(ways))

    def condition(self, indent, depth):
        self.put(indent, f"if {self.expression()}:")
        self.block(indent + 1, depth)
        if self.chance.random() < 0.4:
            self.put(indent, f"elif {self.expression()}:")
            self.block(indent + 1, depth)
        if self.chance.random() < 0.5:
            self.put(indent, "else:")
            self.block(indent + 1, depth)

    def body(self, indent, depth):
        self.loops += 1
        self.block(indent + 1, depth)
        self.loops -= 1
        if self.chance.random() < 0.3:
            self.put(indent, "else:")
            self.block(indent + 1, depth)

    def loop(self, indent, depth):
        over = self.pick(["range(3)", "[1, 'x']", "'ab'", self.expression(1), "{'k': 1}.items()", "enumerate('xy')"])
        self.put(indent, f"for {self.target()} in {over}:")
        self.body(indent, depth)

    def counting(self, indent, depth):
        self.traces += 1
        self.put(indent, f"while less({self.traces}):")
        self.body(indent, depth)

    def trying(self, indent, depth):
        self.put(indent, "try:")
        self.block(indent + 1, depth)
        handlers = self.chance.randrange(3)
        for _ in range(handlers):
            kind = self.pick([self.pick(ERRORS), f"({self.pick(ERRORS)}, {self.pick(ERRORS)})"])
            self.put(indent, f"except {kind}{self.pick(['', f' as {self.pick(NAMES)}'])}:")
            self.block(indent + 1, depth)
        if handlers and self.chance.random() < 0.3:
            self.put(indent, "else:")
            self.block(indent + 1, depth)
        if not handlers or self.chance.random() < 0.4:
            self.put(indent, "finally:")
            self.block(indent + 1, depth)

    def trying_group(self, indent, depth):
        loops, self.loops = self.loops, 0
        kinds, self.kinds = self.kinds, []
        self.put(indent, "try:")
        self.block(indent + 1, depth)
        self.put(indent, f"except* {self.pick(ERRORS)} as {self.pick(NAMES)}:")
        self.block(indent + 1, depth)
        self.loops, self.kinds = loops, kinds

    def managing(self, indent, depth):
        count = self.chance.randrange(1, 3)
        items = [f"Manager({self.traces + at}, {self.pick(['False', 'False', 'True'])})" + self.pick(["", f" as {self.pick(NAMES)}"]) for at in range(count)]
        if self.chance.random() < 0.1:
            items.append(self.atom())
        self.put(indent, f"with {', '.join(items)}:")
        self.block(indent + 1, depth)

    def parameters(self):
        return self.pick(["", "a", "a, b=1", "*a, b=2", "a, /, b=3", "**c", "a=1, *b, c=2, **d", "b, *, a"])

    def function(self, indent, depth):
        name = f"f{len(self.functions)}"
        kind = self.pick(["function", "function", "generator"])
        loops, self.loops = self.loops, 0
        self.kinds.append(kind)
        self.put(indent, f"def {name}({self.parameters()}):")
        if indent == 0 and self.chance.random() < 0.2:
            self.put(indent + 1, f"global {self.pick(NAMES)}_")
        if kind == "generator":
            self.put(indent + 1, "yield 0")
        self.block(indent + 1, depth)
        self.kinds.pop()
        self.loops = loops
        self.functions.append(name)
        call = self.called() if self.functions[-1] == name else name
        self.put(indent, f"trace({'drain' if kind == 'generator' else ''}({call}))")

    def klass(self, indent, depth):
        loops, self.loops = self.loops, 0
        kinds, self.kinds = self.kinds, []
        self.put(indent, f"class {self.pick('ABC')}{self.pick(['', '(Exception)', '(Loud)', '(dict)'])}:")
        self.block(indent + 1, min(depth, 1))
        if self.chance.random() < 0.6:
            self.kinds = ["function"]
            self.put(indent + 1, f"def __{self.pick(['init', 'call', 'eq', 'len', 'iter', 'repr', 'enter', 'getattr'])}__(self, *{self.pick(NAMES)}):")
            self.block(indent + 2, 0)
        self.loops, self.kinds = loops, kinds

    def pattern(self, depth=1):
        simple = ["1", "'x'", "None", self.pick(NAMES), "_", "int()", "str(a)", "[]", "{'k': b}", "-2", "True", "2.5"]
        if depth == 0:
            return self.pick(simple)
        sub = lambda: self.pattern(0)
        return self.pick(simple + [f"[{sub()}, *_]", f"({self.pick(['1', 'None'])} | 2)", f"[1, {self.pick(NAMES)}]", f"({self.pick(['int()', 'str()'])} as c)",
                                   "{'k': 1, **d}", f"Loud(value={sub()})", "[_, _]"])  # fmt: skip

    def matching(self, indent, depth):
        self.put(indent, f"match {self.expression(1)}:")
        for at in self.some(3):
            guard = f" if {self.expression(1)}" if self.chance.random() < 0.3 else ""
            pattern = self.pattern()
            if pattern in [*NAMES, "_"] and not guard:
                guard = " if True"
            self.put(indent + 1, f"case {pattern}{guard}:")
            self.block(indent + 2, depth)

    def program(self):
        self.lines = ["a, b, c, d = 1, 'x', [1, 2], {'k': 1}"]
        if self.chance.random() < 0.7:
            self.function(0, 3)
        for _ in self.some(4):
            self.statement(0, 3)
        return "\n".join(self.lines) + "\n"


def shown(value):
    if isinstance(value, (set, frozenset)):
        return "set " + str(sorted(map(repr, value)))
    return re.sub(r" at 0x[0-9a-f]+", "", repr(value))[:300]


class Late(BaseException):
    """Nothing that a program made by chance would catch."""


def late(number, frame):
    raise Late("too long")


class Run:
    """What a program may use, and what it has said."""

    def __init__(self):
        self.said = []
        self.passes = {}

    def trace(self, *values):
        if len(self.said) > 300:
            raise MemoryError("enough")
        self.said.append(" ".join(map(shown, values)))
        return values[0] if values else None

    def less(self, number):
        self.passes[number] = self.passes.get(number, 0) + 1
        return self.passes[number] % 4

    def drain(self, values):
        given = []
        for value in values:
            given.append(value)
            if len(given) > 20:
                break
        return given

    def finish(self, text):
        names = {"trace": self.trace, "less": self.less, "drain": self.drain, "yield_": shown, "__name__": "program"}
        linecache.cache["<program>"] = (len(text), None, text.splitlines(True), "<program>")
        exec(PRELUDE, names)
        try:
            code = compile(text, "<program>", "exec")
        except SyntaxError as error:
            return [f"{type(error).__name__}: {error.msg} {error.lineno} {error.offset} {error.end_offset}"]
        try:
            exec(code, names)
        except BaseException as error:
            lines = "".join(traceback.format_exception(error)).splitlines()
            self.said += [re.sub(r" at 0x[0-9a-f]+", "", line)[:300] for line in self.own(lines)]
        self.said += [f"{name} = {shown(names.get(name))}" for name in NAMES]
        return self.said

    def own(self, lines):
        """Leaves the frames of this file out."""
        dropping = False
        for line in lines:
            if re.match(r'[ |+-]*File "', line):
                dropping = "programs.py" in line or '"<string>"' in line
            elif re.match(r"[ |+-]*(\w|$)", line) and not line.lstrip(" |").startswith("~") and not line.startswith("    "):
                dropping = False
            if not dropping:
                yield line


def main():
    sys.stdout.reconfigure(errors="backslashreplace")
    sys.setrecursionlimit(400)
    import warnings

    warnings.simplefilter("ignore")
    if len(sys.argv) != 4:
        print(__doc__)
        return
    seed, first, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    signal.signal(signal.SIGALRM, late)
    for number in range(first, first + count):
        text = Maker(f"{seed}/{number}").program()
        if "RecursionError" in text or len(text) > 6000:
            continue
        print(f"@{number}", flush=True)
        print(text)
        signal.setitimer(signal.ITIMER_REAL, 5, 1)
        for line in Run().finish(text):
            print("   >", line)
        signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    main()
