# A Lisp: reader, closures, macros, tail calls, errors with a trace, and a prompt fed from a list.
import math
import operator
import re
import sys
import traceback
from collections import ChainMap
from functools import reduce
from io import StringIO


class Symbol(str):
    __slots__ = ()
    table = {}

    def __new__(cls, name):
        if name not in cls.table:
            cls.table[name] = super().__new__(cls, name)
        return cls.table[name]

    def __repr__(self):
        return str(self)


class LispError(Exception):
    pass


class ReadError(LispError):
    def __init__(self, message, place):
        super().__init__(f"{message} at {place}")


TOKENS = re.compile(r"""\s*(?:;[^\n]*\s*)*(,@|[('`,)]|"(?:[^\\"]|\\.)*"|[^\s('"`,;)]+)""")
QUOTES = {"'": Symbol("quote"), "`": Symbol("quasi"), ",": Symbol("unquote"), ",@": Symbol("splice")}


def read_all(text):
    stack, at, marks = [[]], 0, []
    text = text.rstrip()
    while at < len(text):
        if not (found := TOKENS.match(text, at)):
            if text[at:].lstrip().startswith(";"):
                break
            raise ReadError(f"bad text {text[at:at + 5]!r}", at)
        at, token = found.end(), found[1]
        match token:
            case "(":
                stack.append([])
                marks.append((found.start(1), False))
            case ")":
                if len(stack) == 1:
                    raise ReadError("too many )", found.start(1))
                value = stack.pop()
                marks.pop()
                stack[-1].append(value)
                close(stack, marks)
            case "'" | "`" | "," | ",@":
                stack.append([QUOTES[token]])
                marks.append((found.start(1), True))
            case _:
                stack[-1].append(atom(token))
                close(stack, marks)
    if len(stack) > 1:
        raise ReadError("unclosed (", marks[0][0])
    return stack[0]


def close(stack, marks):
    while marks and marks[-1][1]:
        marks.pop()
        value = stack.pop()
        stack[-1].append(value)


def atom(token):
    if token[0] == '"':
        return token[1:-1].encode().decode("unicode_escape")
    if token in ("#t", "#f"):
        return token == "#t"
    for kind in (int, float):
        try:
            return kind(token)
        except ValueError:
            pass
    return Symbol(token)


def show(value):
    match value:
        case True | False:
            return "#t" if value else "#f"
        case None:
            return "nil"
        case list():
            return f"({' '.join(map(show, value))})"
        case Symbol():
            return str(value)
        case str():
            return '"' + value.replace('"', '\\"').replace("\n", "\\n") + '"'
        case _:
            return f"{value}"


class Function:
    def __init__(self, parameters, body, scope, name="lambda"):
        self.parameters, self.body, self.scope, self.name = parameters, body, scope, name
        self.rest = None
        if Symbol("&") in parameters:
            at = parameters.index(Symbol("&"))
            self.parameters, self.rest = parameters[:at], parameters[at + 1]

    def bind(self, args):
        if len(args) < len(self.parameters) or self.rest is None and len(args) > len(self.parameters):
            raise LispError(f"{self.name} takes {len(self.parameters)}{'+' * bool(self.rest)} arguments, not {len(args)}")
        names = dict(zip(self.parameters, args))
        if self.rest is not None:
            names[self.rest] = list(args[len(self.parameters):])
        return self.scope.new_child(names)

    def __call__(self, *args):
        return evaluate([Symbol("do"), *self.body], self.bind(args))

    def __str__(self):
        return f"<{type(self).__name__.lower()} {self.name}>"


class Macro(Function):
    pass


def evaluate(x, scope):
    while True:
        match x:
            case Symbol():
                try:
                    return scope[x]
                except KeyError:
                    raise LispError(f"{x} is not bound") from None
            case [] | None:
                return None
            case [Symbol("quote"), value]:
                return value
            case [Symbol("quasi"), value]:
                return expand(value, scope)
            case [Symbol("if"), test, then, *other]:
                x = then if evaluate(test, scope) not in (False, None) else (other[0] if other else None)
            case [Symbol("define"), [Symbol() as name, *parameters], *body]:
                scope[name] = Function(parameters, body, scope, name)
                return scope[name]
            case [Symbol("define"), Symbol() as name, value]:
                scope[name] = evaluate(value, scope)
                return scope[name]
            case [Symbol("set!"), Symbol() as name, value]:
                for names in scope.maps:
                    if name in names:
                        names[name] = evaluate(value, scope)
                        return names[name]
                raise LispError(f"{name} is not bound")
            case [Symbol("lambda"), list(parameters), *body]:
                return Function(parameters, body, scope)
            case [Symbol("macro"), [Symbol() as name, *parameters], *body]:
                scope[name] = Macro(parameters, body, scope, name)
                return None
            case [Symbol("let"), list(pairs), *body]:
                scope = scope.new_child({name: evaluate(value, scope) for name, value in pairs})
                x = [Symbol("do"), *body]
            case [Symbol("do"), *body]:
                for part in body[:-1]:
                    evaluate(part, scope)
                x = body[-1] if body else None
            case [Symbol("try"), body, handler]:
                try:
                    return evaluate(body, scope)
                except (LispError, ArithmeticError, TypeError) as error:
                    x = [handler, f"{type(error).__name__}: {error}"]
            case [head, *args]:
                function = evaluate(head, scope)
                if isinstance(function, Macro):
                    x = function(*args)
                    continue
                args = [evaluate(arg, scope) for arg in args]
                if isinstance(function, Function):
                    # A call in the last place takes no Python frame.
                    x, scope = [Symbol("do"), *function.body], function.bind(args)
                elif callable(function):
                    return function(*args)
                else:
                    raise LispError(f"{show(function)} cannot be called")
            case _:
                return x


def expand(x, scope):
    match x:
        case [Symbol("unquote"), value]:
            return evaluate(value, scope)
        case list():
            out = []
            for part in x:
                match part:
                    case [Symbol("splice"), value]:
                        out += evaluate(value, scope)
                    case _:
                        out.append(expand(part, scope))
            return out
        case _:
            return x


def fold(function, identity):
    return lambda *args: reduce(function, args) if args else identity


def chained(function):
    return lambda *args: all(function(a, b) for a, b in zip(args, args[1:]))


BUILT_IN = {
    "+": fold(operator.add, 0), "*": fold(operator.mul, 1), "-": lambda a, *rest: a - sum(rest) if rest else -a,
    "/": lambda a, b: a // b if type(a) is type(b) is int and b and a % b == 0 else a / b, "%": operator.mod,
    "=": chained(operator.eq), "<": chained(operator.lt), ">": chained(operator.gt), "list": lambda *args: list(args),
    "cons": lambda a, rest: [a, *(rest or [])], "head": lambda row: row[0], "tail": lambda row: row[1:],
    "empty?": lambda row: not row, "map": lambda f, *rows: [f(*args) for args in zip(*rows)], "len": len, "str": show,
    "fold": lambda f, start, row: reduce(f, row, start), "apply": lambda f, args: f(*args), "sqrt": math.sqrt,
    "print": lambda *args: print(*map(show, args)), "append": lambda *rows: sum(rows, []), "pi": math.pi}

PRELUDE = """
(macro (unless test & body) `(if ,test nil (do ,@body)))
(macro (and a b) `(let ((first ,a)) (if first ,b first)))
(define (range a b) (if (< a b) (cons a (range (+ a 1) b)) '()))
(define (filter f row) (if (empty? row) '() (let ((rest (filter f (tail row)))) (if (f (head row)) (cons (head row) rest) rest))))
(define (compose & fs) (lambda (x) (fold (lambda (value f) (f value)) x fs)))
"""


def run(text, scope):
    result = None
    for part in read_all(text):
        result = evaluate(part, scope)
    return result


scope = ChainMap({}, {Symbol(name): value for name, value in BUILT_IN.items()})
run(PRELUDE, scope)
for line in ["(+ 1 2 (* 3 4) (- 5))", "(define (square x) (* x x))", "(map square (range 0 8))", "'(a (b \"c\\n\") 1.50 #t ())",
             "(define (loop n sum) (if (= n 0) sum (loop (- n 1) (+ sum n))))", "(loop 3000 0)",
             "(let ((x 2) (y 3)) (set! x 10) (list x y (/ x y) (/ 9 3)))", "(filter (lambda (x) (= 1 (% x 2))) (range 0 9))",
             "((compose square (lambda (x) (+ x 1)) str) 7)", "(unless #f (print \"seen\" 'here) 5)", "(and #t (< 1 2 3))",
             "`(1 ,(+ 1 1) ,@(range 3 6) (x ,(len \"four\")))", "(define counter (let ((n 0)) (lambda () (set! n (+ n 1)))))",
             "(list (counter) (counter) (counter))", "(define (f a & rest) (list a rest)) (f 1 2 3)", "(f)", "(g 1)", "(1 2)",
             "(try (/ 1 0) (lambda (e) e))", "(try (undefined) (lambda (e) (len e)))", "(set! nowhere 1)", "(+ 1 \"x\")", "(a (b",
             "(a))", "; only a comment", "(sqrt -1)", "(apply + (map * '(1 2 3) '(4 5 6)))", "(head '())", "square", "+1 -2.5e1"]:
    try:
        print(f"{line} => {show(run(line, scope))}")
    except LispError as error:
        print(f"{line} => error: {error}")
    except Exception as error:
        print(f"{line} => {type(error).__name__}: {error}")
run("(define (deep n) (+ 1 (deep n)))", scope)
limit = sys.getrecursionlimit()
try:
    run("(deep 1)", scope)
except RecursionError as error:
    frames = traceback.extract_tb(error.__traceback__)
    print("too deep", {frame.name for frame in frames[:50]} <= {"<module>", "run", "evaluate", "<lambda>", "<listcomp>"}, limit)
print(Symbol("x") is Symbol("x"), Symbol("x") == "x", repr(Symbol("x")), len(Symbol.table) > 20)
