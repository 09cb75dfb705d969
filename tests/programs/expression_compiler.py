# A small language: tokens by regular expressions, a tree of dataclasses, code for a stack machine, and its errors.
from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Callable, Iterator, NamedTuple

TOKEN = re.compile(r"""
    (?P<number>\d+(?:\.\d+)?) | (?P<name>[A-Za-z_]\w*) | (?P<op>\*\*|==|!=|<=|>=|[-+*/%<>=(){},;]) | (?P<skip>\s+|\#[^\n]*)
""", re.VERBOSE)


class Token(NamedTuple):
    kind: str
    text: str
    place: int


class LanguageError(Exception):
    def __init__(self, message: str, place: int) -> None:
        super().__init__(message)
        self.place = place

    def show(self, source: str) -> str:
        start = source.rfind("\n", 0, self.place) + 1
        line = source[start:].split("\n", 1)[0]
        number = source.count("\n", 0, self.place) + 1
        return f"line {number}: {self}\n    {line}\n    {'^':>{self.place - start + 1}}"


def tokens(source: str) -> Iterator[Token]:
    at = 0
    while at < len(source):
        found = TOKEN.match(source, at)
        if not found:
            raise LanguageError(f"unexpected {source[at]!r}", at)
        if found.lastgroup != "skip":
            yield Token(found.lastgroup, found[0], at)
        at = found.end()
    yield Token("end", "", at)


@dataclass(frozen=True)
class Number:
    value: float


@dataclass(frozen=True)
class Name:
    name: str
    place: int = field(compare=False, repr=False)


@dataclass(frozen=True)
class Binary:
    op: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Call:
    name: str
    args: tuple[Node, ...]
    place: int = field(compare=False, repr=False)


@dataclass(frozen=True)
class Assign:
    name: str
    value: Node


@dataclass(frozen=True)
class While:
    condition: Node
    body: tuple[Node, ...]


Node = Number | Name | Binary | Call | Assign | While
LEVELS = [("==", "!=", "<", ">", "<=", ">="), ("+", "-"), ("*", "/", "%"), ("**",)]


class Parser:
    def __init__(self, source: str) -> None:
        self.tokens = list(tokens(source))
        self.at = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self, *texts: str) -> Token | None:
        if self.next.kind != "end" and self.next.text in texts:
            self.at += 1
            return self.tokens[self.at - 1]
        return None

    def need(self, text: str) -> None:
        if not self.take(text):
            raise LanguageError(f"expected {text!r}, found {self.next.text or 'the end'!r}", self.next.place)

    def program(self, until: str = "") -> tuple[Node, ...]:
        nodes = []
        while self.next.kind != "end" and self.next.text != until:
            nodes.append(self.statement())
            while self.take(";"):
                pass
        return tuple(nodes)

    def statement(self) -> Node:
        if self.take("while"):
            condition = self.level(0)
            self.need("{")
            body = self.program("}")
            self.need("}")
            return While(condition, body)
        if self.next.kind == "name" and self.tokens[self.at + 1].text == "=":
            name = self.next.text
            self.at += 2
            return Assign(name, self.level(0))
        return self.level(0)

    def level(self, depth: int) -> Node:
        if depth == len(LEVELS):
            return self.atom()
        left = self.level(depth + 1)
        while token := self.take(*LEVELS[depth]):
            right = self.level(depth if token.text == "**" else depth + 1)
            left = Binary(token.text, left, right)
        return left

    def atom(self) -> Node:
        match self.next:
            case Token("number", text):
                self.at += 1
                return Number(float(text))
            case Token("name", text, place):
                self.at += 1
                if not self.take("("):
                    return Name(text, place)
                args = []
                while not self.take(")"):
                    args.append(self.level(0))
                    if not self.take(","):
                        self.need(")")
                        break
                return Call(text, tuple(args), place)
            case Token("op", "-"):
                self.at += 1
                return Binary("-", Number(0.0), self.level(len(LEVELS) - 1))
            case Token("op", "("):
                self.at += 1
                inner = self.level(0)
                self.need(")")
                return inner
            case Token(kind, text, place):
                raise LanguageError("unexpected end" if kind == "end" else f"unexpected {text!r}", place)


class Op(Enum):
    PUSH = auto()
    LOAD = auto()
    STORE = auto()
    BINARY = auto()
    CALL = auto()
    JUMP = auto()
    JUMP_UNLESS = auto()


Code = list[tuple[Op, object, int]]


def compile_nodes(nodes: tuple[Node, ...]) -> Code:
    code: Code = []

    def emit(node: Node) -> None:
        match node:
            case Number(value):
                code.append((Op.PUSH, value, 0))
            case Name(name, place):
                code.append((Op.LOAD, name, place))
            case Binary(op, Number(a), Number(b)) if op in "+-*":
                code.append((Op.PUSH, OPERATORS[op](a, b), 0))
            case Binary(op, left, right):
                emit(left)
                emit(right)
                code.append((Op.BINARY, op, 0))
            case Call(name, args, place):
                for arg in args:
                    emit(arg)
                code.append((Op.CALL, (name, len(args)), place))
            case Assign(name, value):
                emit(value)
                code.append((Op.STORE, name, 0))
            case While(condition, body):
                start = len(code)
                emit(condition)
                hole = len(code)
                code.append((Op.JUMP_UNLESS, None, 0))
                for inner in body:
                    emit(inner)
                code.append((Op.JUMP, start, 0))
                code[hole] = (Op.JUMP_UNLESS, len(code), 0)

    for node in nodes:
        emit(node)
    return code


OPERATORS: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b,
    "%": lambda a, b: a % b, "**": lambda a, b: a ** b, "==": lambda a, b: float(a == b), "!=": lambda a, b: float(a != b),
    "<": lambda a, b: float(a < b), ">": lambda a, b: float(a > b), "<=": lambda a, b: float(a <= b),
    ">=": lambda a, b: float(a >= b)}


def run(code: Code, out: list[str]) -> dict[str, float]:
    functions: dict[str, tuple[Callable, int]] = {"print": (lambda x: out.append(f"{x:g}") or x, 1), "max": (max, 2),
                                                  "abs": (abs, 1)}
    names: dict[str, float] = {}
    stack: list[float] = []
    at = 0
    while at < len(code):
        op, arg, place = code[at]
        at += 1
        match op:
            case Op.PUSH:
                stack.append(arg)
            case Op.LOAD:
                if arg not in names:
                    raise LanguageError(f"{arg!r} is not known", place)
                stack.append(names[arg])
            case Op.STORE:
                names[arg] = stack.pop()
            case Op.BINARY:
                b, a = stack.pop(), stack.pop()
                stack.append(OPERATORS[arg](a, b))
            case Op.CALL:
                name, count = arg
                try:
                    function, wanted = functions[name]
                except KeyError:
                    raise LanguageError(f"no function {name!r}", place) from None
                if wanted != count:
                    raise LanguageError(f"{name}() takes {wanted} argument{'s' * (wanted != 1)}, not {count}", place)
                args = [stack.pop() for _ in range(count)][::-1]
                stack.append(function(*args))
            case Op.JUMP:
                at = arg
            case Op.JUMP_UNLESS:
                at = arg if not stack.pop() else at
    return names


PROGRAMS = ["x = 2 ** 3 ** 2; print(x); print(-x + 1)",
            "n = 10; f = 1\nwhile n > 1 {\n  f = f * n; n = n - 1  # down\n}\nprint(f)",
            "a = 7 % 4 * 2.5; print(max(a, abs(0 - 9)))", "print(1 +", "x = 3 $ 4", "y = (1 + 2\nz = 3", "print(1, 2)",
            "x = 1\ny = x + lost", "crash(1)", "print(1 / 0)", "while 1 { x = 1"]
for source in PROGRAMS:
    out: list[str] = []
    try:
        tree = Parser(source).program()
        names = run(compile_nodes(tree), out)
        print(out, names)
    except LanguageError as error:
        print(error.show(source))
    except ZeroDivisionError as error:
        print(type(error).__name__, error)
print(Parser("a = b + 2 * c").program())
print([(op.name, arg) for op, arg, _ in compile_nodes(Parser("while a < 3 { a = a + 1 * 2 }").program())])
print(Parser("f(x, 1)").program() == Parser("  f ( x , 1 )").program(), hash(Number(1.0)) == hash(Number(1.0)))
