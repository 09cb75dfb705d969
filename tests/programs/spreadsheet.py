"""A spreadsheet: cells with formulas, recalculated in the order of what they depend on, with errors that spread."""
from __future__ import annotations

import operator
import re
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


class SheetError(Exception):
    """What a cell shows in place of a value."""

    code = "#ERROR!"

    def __str__(self) -> str:
        return self.code


class Circular(SheetError):
    code = "#CYCLE!"


class Division(SheetError):
    code = "#DIV/0!"


class BadName(SheetError):
    code = "#NAME?"


class BadValue(SheetError):
    code = "#VALUE!"


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, order=True, slots=True)
class Place:
    row: int
    column: int

    @classmethod
    def parse(cls, text: str) -> Place:
        match = re.fullmatch(r"([A-Z]+)([1-9][0-9]*)", text)
        if match is None:
            raise ValueError(f"no cell is named {text!r}")
        return cls(int(match[2]), column_number(match[1]))

    def to(self, other: Place) -> Iterator[Place]:
        for row in range(min(self.row, other.row), max(self.row, other.row) + 1):
            for column in range(min(self.column, other.column), max(self.column, other.column) + 1):
                yield Place(row, column)

    def __str__(self) -> str:
        return f"{column_letters(self.column)}{self.row}"


def numbers(values) -> Iterator[float]:
    for value in values:
        if isinstance(value, list):
            yield from numbers(value)
        elif isinstance(value, (int, float)):
            yield value


FUNCTIONS: dict[str, Callable[..., object]] = {
    "SUM": lambda *values: sum(numbers(values)),
    "AVG": lambda *values: statistics.fmean(numbers(values)),
    "MEDIAN": lambda *values: statistics.median(numbers(values)),
    "MAX": lambda *values: max(numbers(values)),
    "COUNT": lambda *values: sum(1 for _ in numbers(values)),
    "IF": lambda condition, yes, no: yes if condition else no,
    "ROUND": lambda value, digits=0: round(value, digits),
    "UPPER": lambda text: str(text).upper(),
}
INFIX = {
    "=": (1, operator.eq), "<": (1, operator.lt), ">": (1, operator.gt), "&": (2, lambda a, b: f"{a}{b}"),
    "+": (3, operator.add), "-": (3, operator.sub), "*": (4, operator.mul), "/": (4, operator.truediv), "^": (5, operator.pow),
}
TOKENS = re.compile(r"""\s*(?:(?P<number>\d+(?:\.\d+)?)|"(?P<text>[^"]*)"|(?P<cell>[A-Z]+[1-9]\d*)(?!\()
                        |(?P<name>[A-Z]+)|(?P<sign>[-+*/^&=<>(),:]))""", re.VERBOSE)

type Value = int | float | str | None


@dataclass
class Formula:
    """A parsed formula: a function of the sheet, and the cells it looks at."""

    source: str
    needs: set[Place] = field(default_factory=set)
    run: Callable[[Sheet], object] = None

    def __post_init__(self):
        self.tokens = list(self._split())
        self.run = self._expression(0)
        if self.tokens:
            raise SyntaxError(f"{self.tokens[0][1]!r} is too much in {self.source!r}")

    def _split(self):
        at = 0
        while at < len(self.source.rstrip()):
            if not (match := TOKENS.match(self.source, at)):
                raise SyntaxError(f"cannot read {self.source[at:]!r}")
            at = match.end()
            yield match.lastgroup, match[match.lastgroup]

    def _is_next(self, sign):
        return bool(self.tokens) and self.tokens[0] == ("sign", sign)

    def _take(self, sign):
        if not self._is_next(sign):
            raise SyntaxError(f"{sign!r} is missing in {self.source!r}")
        self.tokens.pop(0)

    def _expression(self, binding):
        left = self._operand()
        while self.tokens and self.tokens[0][0] == "sign" and (known := INFIX.get(self.tokens[0][1])):
            strength, function = known
            if strength <= binding:
                break
            self.tokens.pop(0)
            right = self._expression(strength - (function is operator.pow))
            left = lambda sheet, f=function, a=left, b=right: f(a(sheet), b(sheet))
        return left

    def _operand(self):
        if not self.tokens:
            raise SyntaxError(f"{self.source!r} ends too early")
        match self.tokens.pop(0):
            case "number", digits:
                number = float(digits) if "." in digits else int(digits)
                return lambda sheet: number
            case "text", text:
                return lambda sheet: text
            case "cell", name:
                return self._cells(Place.parse(name))
            case "name", name:
                return self._call(name)
            case "sign", "-":
                inner = self._expression(4)
                return lambda sheet: -inner(sheet)
            case "sign", "(":
                inner = self._expression(0)
                self._take(")")
                return inner
            case _, other:
                raise SyntaxError(f"{other!r} is out of place in {self.source!r}")

    def _cells(self, first):
        if not self._is_next(":"):
            self.needs.add(first)
            return lambda sheet: sheet.value(first)
        self._take(":")
        places = list(first.to(Place.parse(self.tokens.pop(0)[1])))
        self.needs.update(places)
        return lambda sheet: [sheet.value(place) for place in places]

    def _call(self, name):
        self._take("(")
        arguments = []
        while not self._is_next(")"):
            arguments.append(self._expression(0))
            if not self._is_next(")"):
                self._take(",")
        self._take(")")

        def run(sheet):
            if name not in FUNCTIONS:
                raise BadName(name)
            return FUNCTIONS[name](*(argument(sheet) for argument in arguments))
        return run


class Sheet:
    def __init__(self):
        self.sources: dict[Place, str | Formula] = {}
        self.values: dict[Place, object] = {}
        self.calculated = 0

    def __setitem__(self, name: str, source: object) -> None:
        place = Place.parse(name)
        formula = isinstance(source, str) and source.startswith("=")
        self.sources[place] = Formula(source[1:]) if formula else source
        self._recalculate(place)

    def __getitem__(self, name: str) -> object:
        return self.values.get(Place.parse(name))

    def value(self, place: Place) -> Value:
        value = self.values.get(place)
        if isinstance(value, SheetError):
            raise value
        return value

    def _dependents(self, place: Place) -> Iterator[Place]:
        return (other for other, source in self.sources.items() if isinstance(source, Formula) and place in source.needs)

    def _recalculate(self, start: Place) -> None:
        order, state = [], {}

        def visit(place):
            if state.get(place) == "open":
                state["cycle"] = place
                return
            if place not in state:
                state[place] = "open"
                for dependent in self._dependents(place):
                    visit(dependent)
                state[place] = "done"
                order.append(place)

        visit(start)
        for place in reversed(order):
            self.values[place] = Circular() if "cycle" in state else self._calculate(place)

    def _calculate(self, place: Place) -> object:
        source = self.sources[place]
        if not isinstance(source, Formula):
            return source
        self.calculated += 1
        try:
            return source.run(self)
        except SheetError as error:
            return error
        except ZeroDivisionError:
            return Division()
        except (TypeError, ValueError):
            return BadValue()

    def __str__(self) -> str:
        rows = max(place.row for place in self.sources)
        columns = max(place.column for place in self.sources)
        table = [[""] + [column_letters(column) for column in range(1, columns + 1)]]
        for row in range(1, rows + 1):
            cells = (self.values.get(Place(row, column)) for column in range(1, columns + 1))
            table.append([str(row)] + [self._shown(cell) for cell in cells])
        widths = [max(map(len, column)) for column in zip(*table, strict=True)]
        return "\n".join(" | ".join(f"{cell:>{width}}" for cell, width in zip(row, widths)) for row in table)

    @staticmethod
    def _shown(value: object) -> str:
        match value:
            case None:
                return ""
            case float():
                return f"{value:.2f}"
            case bool():
                return str(value).upper()
            case _:
                return str(value)


sheet = Sheet()
for row, (item, count, price) in enumerate([("pens", 12, 1.25), ("paper", 3, 4.5), ("lamp", 1, 39.9)], start=2):
    sheet[f"A{row}"], sheet[f"B{row}"], sheet[f"C{row}"] = item, count, price
    sheet[f"D{row}"] = f"=B{row}*C{row}"
for column, title in zip("ABCD", ("item", "count", "price", "sum")):
    sheet[f"{column}1"] = title
sheet["A6"] = '="total of " & COUNT(D2:D4) & " " & UPPER("things")'
sheet["D6"] = "=SUM(D2:D4)"
sheet["D7"] = "=ROUND(D6*0.19,2)"
sheet["D8"] = "=IF(D6>60,D6*0.9,D6)"
print(sheet, end="\n\n")
before = sheet.calculated
sheet["B2"] = 2
print(sheet["D6"], sheet["D8"], sheet.calculated - before)
sheet["C3"] = "dear"
print(*(repr(str(sheet[name])) for name in ("D3", "D6", "D8")))
sheet["C3"] = 4
sheet["E1"], sheet["E2"] = "=D2/E3", "=AVG(B2:B4)+MEDIAN(B2:B4)"
print(sheet["E1"], sheet["E2"], sheet["D6"])
sheet["E3"] = 0
print(sheet["E1"], type(sheet["E1"]).__name__)
sheet["F1"], sheet["F2"] = "=F2+1", "=F3+1"
sheet["F3"] = "=F1"
print(sheet["F1"], sheet["F2"], sheet["F3"])
sheet["F3"] = 5
print(sheet["F1"], sheet["F2"], sheet["F3"])
sheet["AA10"] = "=2^3^2-(1+2)*-4"
sheet["AB10"] = "=NOPE(1)&AA10"
print(sheet["AA10"], sheet["AB10"], Place.parse("AB10"), Place.parse("ZZ1").column, column_letters(703))
for wrong in ("=1+", "=(1", "=1 2", "=SUM(1;2)", "=)", "=A0"):
    try:
        sheet["A9"] = wrong
    except (SyntaxError, ValueError) as error:
        print(f"{wrong:<10} {type(error).__name__}: {error}")
print(sorted(Place.parse(name) for name in ("B1", "A2", "A1"))[0], len(sheet.sources))
