"""Machines in small: a stack machine with an assembler, Brainfuck, Turing's, cellular automata, life, a regular-expression matcher."""

import enum
import io
import re
from collections import Counter, defaultdict
from functools import cache
from itertools import islice, product
from typing import NamedTuple


class MachineError(Exception):
    def __init__(self, message, at):
        super().__init__(message)
        self.add_note(f"at instruction {at}")


class Op(enum.Enum):
    PUSH, ADD, SUB, MUL, DUP, SWAP, POP, JMP, JZ, CALL, RET, PRINT, HALT, LOAD, STORE = range(15)

    @property
    def takes(self):
        return self in {Op.PUSH, Op.JMP, Op.JZ, Op.CALL, Op.LOAD, Op.STORE}


class Instruction(NamedTuple):
    op: Op
    argument: int | str | None = None

    def __str__(self):
        return f"{self.op.name.lower():<6}" + ("" if self.argument is None else f" {self.argument}")


def assemble(source):
    program, labels = [], {}
    for number, line in enumerate(source.splitlines(), 1):
        line = line.partition(";")[0].strip()
        if match := re.fullmatch(r"(\w+):\s*(.*)", line):
            labels[match[1]] = len(program)
            line = match[2]
        if not line:
            continue
        name, *rest = line.split()
        try:
            op = Op[name.upper()]
        except KeyError as error:
            raise SyntaxError(f"no instruction {name!r}", ("<asm>", number, 1, line)) from error
        if op.takes != bool(rest):
            raise SyntaxError(f"{name} takes {'an' if op.takes else 'no'} argument", ("<asm>", number, len(name) + 1, line))
        program.append(Instruction(op, *(int(a) if a.lstrip("-").isdigit() else a for a in rest)))
    return [i._replace(argument=labels.get(i.argument, i.argument)) for i in program]


def execute(program, most=600):
    stack, calls, memory, at, steps = [], [], defaultdict(int), 0, 0
    binary = {Op.ADD: int.__add__, Op.SUB: int.__sub__, Op.MUL: int.__mul__}
    try:
        while True:
            steps += 1
            if steps > most:
                raise TimeoutError(f"more than {most:,} steps")
            op, argument = program[at]
            at += 1
            match op:
                case Op.PUSH:
                    stack.append(argument)
                case Op.ADD | Op.SUB | Op.MUL:
                    b, a = stack.pop(), stack.pop()
                    stack.append(binary[op](a, b))
                case Op.DUP:
                    stack.append(stack[-1])
                case Op.SWAP:
                    stack[-2:] = stack[:-3:-1]
                case Op.POP:
                    stack.pop()
                case Op.JMP:
                    at = argument
                case Op.JZ if stack.pop() == 0:
                    at = argument
                case Op.CALL:
                    calls.append(at)
                    at = argument
                case Op.RET:
                    at = calls.pop()
                case Op.PRINT:
                    yield stack.pop()
                case Op.LOAD:
                    stack.append(memory[argument])
                case Op.STORE:
                    memory[argument] = stack.pop()
                case Op.HALT:
                    return steps
    except IndexError as error:
        raise MachineError("nothing on the stack" if at <= len(program) and program else "ran off the end", at - 1) from error


FACTORIAL = """
        push 1
        store n
loop:   load n          ; until 10
        push 8
        sub
        jz done
        load n
        call factorial
        print
        load n
        push 1
        add
        store n
        jmp loop
done:   halt
factorial:
        dup
        jz one
        dup
        push 1
        sub
        call factorial
        mul
        ret
one:    pop
        push 1
        ret
"""


def brainfuck(code, data=b""):
    jumps, open_ = {}, []
    for at, c in enumerate(code):
        if c == "[":
            open_.append(at)
        elif c == "]":
            start = open_.pop()
            jumps[at], jumps[start] = start, at
    tape, place, at, out, source = bytearray(100), 0, 0, io.StringIO(), io.BytesIO(data)
    while at < len(code):
        match code[at]:
            case ">":
                place += 1
            case "<":
                place -= 1
            case "+" | "-" as sign:
                tape[place] = tape[place] + (1 if sign == "+" else -1) & 255
            case ".":
                out.write(chr(tape[place]))
            case ",":
                tape[place] = (source.read(1) or b"\0")[0]
            case "[" if not tape[place]:
                at = jumps[at]
            case "]" if tape[place]:
                at = jumps[at]
        at += 1
    return out.getvalue()


def turing(rules, tape, state="start", blank="_"):
    cells, head, steps = dict(enumerate(tape)), 0, 0
    table = {tuple(key.split()): value.split() for key, value in (rule.split("->") for rule in rules.strip().splitlines())}
    while state != "stop":
        write, move, state = table[state, cells.get(head, blank)]
        cells[head] = write
        head += {"R": 1, "L": -1, "N": 0}[move]
        steps += 1
    return "".join(cells[k] for k in sorted(cells)).strip(blank), steps


def rule(number, width=31, rows=8):
    row = [x == width // 2 for x in range(width)]
    for _ in range(rows):
        yield "".join(" #"[c] for c in row)
        row = [bool(number >> (4 * a + 2 * b + c) & 1) for a, b, c in zip([0, *row], row, [*row[1:], 0])]


def life(cells):
    near = Counter((x + dx, y + dy) for x, y in cells for dx, dy in product((-1, 0, 1), repeat=2) if dx or dy)
    return frozenset(c for c, n in near.items() if n == 3 or n == 2 and c in cells)


def matches(pattern, text):
    """A matcher of . * + ? ^ $ and [classes], by memoised recursion."""
    items = [m.groups() for m in re.finditer(r"(\[[^]]+\]|.)([*+?]?)", pattern)]

    def fits(item, c):
        return item == "." or item == c or len(item) > 1 and c in item[1:-1]

    @cache
    def go(i, j):
        if i == len(items):
            return j == len(text)
        item, how = items[i]
        here = j < len(text) and fits(item, text[j])
        match how:
            case "":
                return here and go(i + 1, j + 1)
            case "?":
                return go(i + 1, j) or here and go(i + 1, j + 1)
            case "*":
                return go(i + 1, j) or here and go(i, j + 1)
            case "+":
                return here and (go(i + 1, j + 1) or go(i, j + 1))

    return bool(go(0, 0))


program = assemble(FACTORIAL)
print(*program[:5], sep="\n")
machine = execute(program)
print(list(islice(machine, 3)), [*machine], len(program))
for source in ("push 1\nadd", "loop: jmp loop", "push", "halt 3", "fly", "print", "", "ret", "push 2\nprint\nhalt"):
    try:
        print([*execute(assemble(source))])
    except (MachineError, SyntaxError, TimeoutError) as error:
        notes = getattr(error, "__notes__", [])
        print(f"{type(error).__name__}: {error}", notes, repr(error.__cause__), getattr(error, "lineno", None))
print(brainfuck("++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+."))
print(brainfuck(",[.,]", b"echo"))
print(turing("""start 1->1 R start
start 0->0 R start
start _->_ L add
add 1->0 L add
add 0->1 N stop
add _->1 N stop""", "1011"))
print(*rule(90), sep="|\n")
glider = frozenset([(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)])
generations = [glider]
for _ in range(8):
    generations.append(life(generations[-1]))
print([sorted(g)[0] for g in generations], generations[4] == frozenset((x + 1, y + 1) for x, y in glider))
print(*("".join(".O"[(x, y) in generations[8]] for x in range(6)) for y in range(6)), sep="\n")
for pattern, text in [("a*b", "aaab"), ("a+b", "b"), (".?x", "x"), ("[abc]+d", "abcad"), ("h.llo", "hello"), (".*", ""), ("a.c", "abd")]:
    assert matches(pattern, text) == bool(re.fullmatch(pattern, text)), pattern
    print(f"{pattern:<8} {text!r:<8} {matches(pattern, text)}")
