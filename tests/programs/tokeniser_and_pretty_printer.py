"""A tokeniser made of named groups, a recursive parser for a small configuration language, and a printer for its trees."""

import re
from dataclasses import dataclass, field
from typing import Iterator, NamedTuple, Union

TOKEN_SPEC = [
    ("NUMBER", r"\d+(?:\.\d*)?(?:[eE][+-]?\d+)?"),
    ("STRING", r'"(?:[^"\\]|\\.)*"'),
    ("BOOL", r"\b(?:true|false)\b"),
    ("NAME", r"[A-Za-z_][\w.-]*"),
    ("OP", r"[{}\[\]=,;:]"),
    ("COMMENT", r"#[^\n]*"),
    ("NEWLINE", r"\n"),
    ("SKIP", r"[ \t\r]+"),
    ("MISMATCH", r"."),
]
MASTER = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in TOKEN_SPEC))


class Token(NamedTuple):
    kind: str
    value: str
    line: int
    column: int

    def __str__(self):
        return f"{self.kind}({self.value!r})@{self.line}:{self.column}"


class ConfigError(SyntaxError):
    def __init__(self, message, token=None):
        super().__init__(message)
        self.token = token

    def __str__(self):
        where = f" at {self.token.line}:{self.token.column}" if self.token else ""
        return f"{self.msg}{where}"


def tokenize(text: str) -> Iterator[Token]:
    line, start = 1, 0
    for match in MASTER.finditer(text):
        kind, value, column = match.lastgroup, match.group(), match.start() - start + 1
        match kind:
            case "NEWLINE":
                line, start = line + 1, match.end()
            case "SKIP" | "COMMENT":
                continue
            case "MISMATCH":
                raise ConfigError(f"unexpected character {value!r}", Token(kind, value, line, column))
            case _:
                yield Token(kind, value, line, column)
    yield Token("END", "", line, 1)


@dataclass
class Section:
    name: str
    entries: dict = field(default_factory=dict)
    children: list["Section"] = field(default_factory=list)

    def find(self, path: str):
        head, _, rest = path.partition("/")
        for child in self.children:
            if child.name == head:
                return child.find(rest) if rest else child
        if not rest and head in self.entries:
            return self.entries[head]
        raise KeyError(path)


Value = Union[int, float, str, bool, list]


class Parser:
    def __init__(self, text):
        self.tokens = list(tokenize(text))
        self.at = 0

    @property
    def here(self) -> Token:
        return self.tokens[self.at]

    def take(self, kind, value=None) -> Token:
        token = self.here
        if token.kind != kind or value is not None and token.value != value:
            wanted = repr(value) if value else kind
            raise ConfigError(f"expected {wanted}, found {token.value!r}", token)
        self.at += 1
        return token

    def accept(self, kind, value=None):
        if self.here.kind == kind and (value is None or self.here.value == value):
            self.at += 1
            return True
        return False

    def value(self) -> Value:
        token = self.here
        if token.kind == "NUMBER":
            self.at += 1
            return float(token.value) if re.search(r"[.eE]", token.value) else int(token.value)
        if token.kind == "STRING":
            self.at += 1
            return token.value[1:-1].encode().decode("unicode_escape")
        if token.kind == "BOOL":
            self.at += 1
            return token.value == "true"
        if self.accept("OP", "["):
            items = []
            while not self.accept("OP", "]"):
                items.append(self.value())
                if not self.accept("OP", ","):
                    self.take("OP", "]")
                    break
            return items
        raise ConfigError("expected a value", token)

    def section(self, name="root") -> Section:
        section = Section(name)
        while self.here.kind == "NAME":
            key = self.take("NAME").value
            if self.accept("OP", "{"):
                section.children.append(self.section(key))
                self.take("OP", "}")
            else:
                self.take("OP", "=")
                if key in section.entries:
                    raise ConfigError(f"{key} twice", self.here)
                section.entries[key] = self.value()
                self.accept("OP", ";")
        return section


def show(section: Section, indent=0, file=None):
    pad = "  " * indent
    print(f"{pad}{section.name}:", file=file)
    for key, value in sorted(section.entries.items()):
        print(f"{pad}  {key:<10} = {value!r:>12} ({type(value).__name__})", file=file)
    for child in section.children:
        show(child, indent + 1, file)


SOURCE = r'''
# a server
name = "main \"box\"\t1"; workers = 8
debug = false
server {
    host = "localhost"; port = 8_080
}
'''
GOOD = SOURCE.replace("8_080", "8080").rstrip() + '''
limits { rate = 1.5e3 burst = 2. sizes = [1, 2, [3, 4.5,], "x", true] inner { deep.name-x = "y" } }
'''

for text in (GOOD, SOURCE, "a = ", "a { b = 1", "a = 1 a = 2", "x = $", "a = [1 2]", "= 3", 'é = "ü"'):
    try:
        parser = Parser(text)
        tree = parser.section()
        parser.take("END")
        show(tree)
        if text is GOOD:
            print(tree.find("limits/inner/deep.name-x"), tree.find("server").entries, tree.find("workers"))
            try:
                tree.find("limits/nothing")
            except KeyError as error:
                print("KeyError", error)
            print(tree.children[0])
    except ConfigError as error:
        print(type(error).__name__, error, error.args, error.token and str(error.token))
print(*tokenize("a=1#c\nb"), sep=" | ")
