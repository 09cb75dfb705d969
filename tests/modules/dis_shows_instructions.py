"""The interface of `dis`: what does not depend on which instructions there are."""

import contextlib
import dis
import io
import sys



def area(width, height=2):
    total = width * height
    for i in range(total):
        if i > 3:
            print(i)
    return total


def gen():
    yield "constant in the code"


print(dis.Instruction._fields)
print(dis.Instruction.__mro__)
print(dis.Positions._fields, dis.Positions())
print(issubclass(dis.Instruction, tuple), dis.cmp_op)
print(set(dis.__all__) >= {"code_info", "dis", "disassemble", "distb", "disco", "findlinestarts", "findlabels",
                           "show_code", "get_instructions", "Instruction", "Bytecode", "stack_effect", "opmap"})

# ---- every instruction
instructions = list(dis.get_instructions(area))
print(all(isinstance(i, dis.Instruction) for i in instructions))
print(all(dis.opname[i.opcode] == i.opname and dis.opmap[i.opname] == i.opcode for i in instructions))
print(all(i.oparg == i.arg and i.baseopname == i.opname and i.baseopcode == i.opcode for i in instructions))
print(all(i.arg is None and i.argval is None for i in instructions if i.opcode not in dis.hasarg))
offsets = [i.offset for i in instructions]
print(offsets == sorted(set(offsets)), offsets[0], all(o % 2 == 0 for o in offsets))
print(all(i.start_offset == i.offset and i.offset < i.end_offset for i in instructions))
print(all(i.line_number == i.positions.lineno for i in instructions))
first = area.__code__.co_firstlineno
print({i.line_number - first for i in instructions if i.line_number is not None} - {0})
print(sorted({i.argval for i in instructions if i.opcode in dis.hasname}))
print({i.argval for i in dis.get_instructions(gen) if i.opcode in dis.hasconst if isinstance(i.argval, str)})

# ---- jumps
targets = [i for i in instructions if i.is_jump_target]
print(len(targets) > 1, sorted(i.label for i in targets) == list(range(1, len(targets) + 1)))
jumps = [i for i in instructions if i.opcode in dis.hasjump]
print(len(jumps) > 1, {i.jump_target for i in jumps} <= {i.offset for i in targets})
print(all(i.jump_target is None for i in instructions if i not in jumps))
print(sorted(set(dis.hasjump)) == sorted(set(dis.hasjrel + dis.hasjabs)))
print(len(dis.findlabels(area.__code__.co_code)) > 1)

# ---- lines
starts = list(dis.findlinestarts(area.__code__))
print(starts[0] == (0, first), {line - first for _, line in starts})
shifted = list(dis.get_instructions(area, first_line=first + 100))
print([i.line_number - 100 for i in shifted if i.line_number] == [i.line_number for i in instructions if i.line_number])
print(instructions[0].starts_line, sum(i.starts_line for i in instructions) >= 5)

# ---- Bytecode
code = dis.Bytecode(area)
print([i.opname for i in code] == [i.opname for i in instructions], code.codeobj is area.__code__)
print(code.first_line - first, code.current_offset)
print(code.info().splitlines()[0], "|", code.info() == dis.code_info(area))
print(repr(code) == f"Bytecode({area!r})", repr(dis.Bytecode("x = 1")))
print("range" in code.dis() and "-->" not in code.dis())
try:
    area("x", None)
except TypeError as error:
    here = dis.Bytecode.from_traceback(error.__traceback__)
    print(here.codeobj is area.__code__, here.current_offset == error.__traceback__.tb_next.tb_lasti)
    text = here.dis()
    print("-->" in text, "Mul" in text or "BINARY_OP" in text)
    shown = io.StringIO()
    dis.distb(error.__traceback__, file=shown)
    print("-->" in shown.getvalue(), "print" in shown.getvalue())

# ---- what can be disassembled


class Shape:
    "A shape."

    def sides(self):
        return four

    @staticmethod
    def corners():
        return five

    @classmethod
    def make(cls):
        return six


def text_of(*args, **kwargs):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        dis.dis(*args, **kwargs)
    return out.getvalue()


text = text_of(Shape)
print([line for line in text.splitlines() if line.startswith("Disassembly of")])
print([word in text for word in ("four", "five", "six")])
print("four" in text_of(Shape().sides), "constant in the code" in text_of(gen()))
nested = "def outer():\n    def inner():\n        return deep\n    return inner"
print(["deep" in text_of(nested), "deep" in text_of(nested, depth=0), "deep" in text_of(nested, depth=2)])
print("deep" in text_of(nested, depth=1))
out = io.StringIO()
dis.disassemble(area.__code__, file=out)
print("range" in out.getvalue(), dis.disco is dis.disassemble)
print(len(text_of(area, show_offsets=True)) > 0, f"{first + 1}:" in text_of(area, show_positions=True))
for wrong in (3, None.__class__, (1, 2)):
    try:
        list(dis.get_instructions(wrong))
    except TypeError as error:
        print("TypeError:", error)
try:
    dis.dis(3.5)
except TypeError as error:
    print("TypeError:", error)
try:
    dis.distb()
except RuntimeError as error:
    print("RuntimeError:", error)

# ---- what code says of itself
info = dis.code_info(area).splitlines()
print([line for line in info if not line.startswith(("Filename", "Stack", " ", "Const"))])


async def coroutine(*args, key, **kwargs):
    "Documented."
    return lambda: (key, args)


for function in (gen, coroutine, Shape.sides):
    print([line for line in dis.code_info(function).splitlines() if line.startswith(("Flags", "Kw", "Cell", "Free"))])
dis.show_code(compile("a + b", "<given>", "eval"), file=(shown := io.StringIO()))
print([line for line in shown.getvalue().splitlines() if not line.startswith("Stack")])
print(dis.pretty_flags(0), dis.pretty_flags(0x4), dis.pretty_flags(0x100000000))

# ---- stack effects
for args, kwargs in (((300,), {}), ((0,), {"jump": 3})):
    try:
        dis.stack_effect(*args, **kwargs)
    except ValueError as error:
        print("ValueError:", error)
