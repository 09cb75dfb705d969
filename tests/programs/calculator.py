"""A calculator: tokens by a regular expression, a parser by precedence, a tree that computes and prints itself."""

import math
import operator
import re
from enum import Enum, auto
from typing import NamedTuple


class Kind(Enum):
    NUMBER = auto()
    NAME = auto()
    OPERATOR = auto()
    END = auto()


class Token(NamedTuple):
    kind: Kind
    text: str
    position: int


class CalculationError(Exception):
    def __init__(self, message, position=None):
        super().__init__(message)
        self.position = position


PATTERN = re.compile(
    r"""
    (?P<NUMBER>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)
  | (?P<NAME>[A-Za-z_]\w*)
  | (?P<OPERATOR>\*\*|//|[-+*/%(),=])
  | (?P<SPACE>\s+)
    """,
    re.VERBOSE,
)


def tokenize(text):
    position = 0
    while position < len(text):
        match = PATTERN.match(text, position)
        if match is None:
            raise CalculationError(f"unexpected character {text[position]!r}", position)
        if match.lastgroup != "SPACE":
            yield Token(Kind[match.lastgroup], match.group(), position)
        position = match.end()
    yield Token(Kind.END, "", position)


class Node:
    def evaluate(self, names):
        raise NotImplementedError


class Number(Node):
    def __init__(self, text):
        self.value = float(text) if any(c in text for c in ".eE") else int(text)

    def evaluate(self, names):
        return self.value

    def __str__(self):
        return str(self.value)


class Name(Node):
    def __init__(self, token):
        self.token = token

    def evaluate(self, names):
        try:
            return names[self.token.text]
        except KeyError:
            raise CalculationError(f"unknown name {self.token.text}", self.token.position) from None

    def __str__(self):
        return self.token.text


class Binary(Node):
    OPERATIONS = {
        "+": (1, operator.add), "-": (1, operator.sub), "*": (2, operator.mul), "/": (2, operator.truediv),
        "//": (2, operator.floordiv), "%": (2, operator.mod), "**": (4, operator.pow),
    }

    def __init__(self, token, left, right):
        self.token, self.left, self.right = token, left, right

    def evaluate(self, names):
        _, function = self.OPERATIONS[self.token.text]
        left, right = self.left.evaluate(names), self.right.evaluate(names)
        try:
            return function(left, right)
        except (ArithmeticError, TypeError) as error:
            raise CalculationError(f"{left} {self.token.text} {right}: {error}", self.token.position) from error

    def __str__(self):
        return f"({self.left} {self.token.text} {self.right})"


class Negation(Node):
    def __init__(self, inner):
        self.inner = inner

    def evaluate(self, names):
        return -self.inner.evaluate(names)

    def __str__(self):
        return f"-{self.inner}"


class Call(Node):
    def __init__(self, name, arguments):
        self.name, self.arguments = name, arguments

    def evaluate(self, names):
        function = self.name.evaluate(names)
        if not callable(function):
            raise CalculationError(f"{self.name} is no function", self.name.token.position)
        try:
            return function(*(argument.evaluate(names) for argument in self.arguments))
        except (TypeError, ValueError) as error:
            raise CalculationError(str(error), self.name.token.position)

    def __str__(self):
        return f"{self.name}({', '.join(map(str, self.arguments))})"


class Parser:
    def __init__(self, text):
        self.tokens = list(tokenize(text))
        self.at = 0

    @property
    def token(self):
        return self.tokens[self.at]

    def accept(self, *texts):
        if self.token.text in texts and self.token.kind is Kind.OPERATOR:
            self.at += 1
            return self.tokens[self.at - 1]
        return None

    def expect(self, text):
        if not self.accept(text):
            found = self.token.text or "the end"
            raise CalculationError(f"expected {text!r}, found {found!r}", self.token.position)

    def parse(self):
        tree = self.expression()
        if self.token.kind is not Kind.END:
            raise CalculationError(f"unexpected {self.token.text!r}", self.token.position)
        return tree

    def expression(self, minimum=1):
        left = self.unary()
        while (found := Binary.OPERATIONS.get(self.token.text)) and found[0] >= minimum:
            token = self.accept(self.token.text)
            right = self.expression(found[0] + (token.text != "**"))
            left = Binary(token, left, right)
        return left

    def unary(self):
        if self.accept("-"):
            return Negation(self.expression(3))
        return self.atom()

    def atom(self):
        token = self.token
        self.at += 1
        match token:
            case Token(Kind.NUMBER, text, _):
                return Number(text)
            case Token(kind=Kind.NAME):
                name = Name(token)
                if not self.accept("("):
                    return name
                arguments = []
                if not self.accept(")"):
                    arguments.append(self.expression())
                    while self.accept(","):
                        arguments.append(self.expression())
                    self.expect(")")
                return Call(name, arguments)
            case Token(text="("):
                inner = self.expression()
                self.expect(")")
                return inner
        raise CalculationError(f"expected a value, found {token.text or 'the end'!r}", token.position)


def main():
    names = {"pi": math.pi, "sqrt": math.sqrt, "max": max, "x": 7, "big": 2**70}
    for text in [
        "1 + 2 * 3", "(1 + 2) * 3", "2 ** 3 ** 2", "-2 ** 2", "10 / 4", "10 // 4 % 3", "sqrt(2) * sqrt(2)", "max(1, x, 3) - x", "big % 1000",
        "1.5e3 + .5", "2 *", "(1, 2", "1 / 0", "y + 1", "x(3)", "sqrt(-1)", "max()", "3 $ 4", "1 2", "7 % 0.0", "2 ** -1", "max", "1e400 - 1e400",
    ]:
        try:
            tree = Parser(text).parse()
            print(f"{text:<22} = {tree.evaluate(names)!r:<24} {tree}")
        except CalculationError as error:
            mark = " " * (error.position or 0) + "^"
            print(f"{text}\n{mark} {error}" + (f" [{type(error.__cause__).__name__}]" if error.__cause__ else ""))
    print([token.kind.name for token in tokenize("a+1")], Token(Kind.END, "", 3)._asdict())


main()
