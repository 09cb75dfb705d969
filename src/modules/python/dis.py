"""Disassembler: a program's bytecode, with the points where the lock can change hands.

The interface is CPython's; the instructions are gilbox's own. An instruction has up to three operands: `arg` is all of
them as one number, `argrepr` says in words what they are.
"""

import collections
import sys
import types

import _dis

__all__ = [
    "code_info", "dis", "disassemble", "distb", "disco", "findlinestarts", "findlabels", "show_code",
    "get_instructions", "Instruction", "Bytecode", "cmp_op", "stack_effect", "hascompare", "opname", "opmap",
    "HAVE_ARGUMENT", "EXTENDED_ARG", "hasarg", "hasconst", "hasname", "hasjump", "hasjrel", "hasjabs", "hasfree",
    "haslocal", "hasexc", "opcodes",
]

cmp_op = ("<", "<=", "==", "!=", ">", ">=")

_table = _dis.table()
opmap = {row[0]: opcode for opcode, row in enumerate(_table)}
opname = [row[0] for row in _table] + [f"<{opcode}>" for opcode in range(len(_table), 256)]


def _having(column):
    return [opcode for opcode, row in enumerate(_table) if row[column]]


hasarg, hasconst, hasname, hasjump, hasfree, haslocal = map(_having, range(1, 7))
# Places are named by where they are, not by how far away.
hasjrel, hasjabs = [], list(hasjump)
hascompare = [opmap[name] for name in ("Lt", "Le", "Eq", "Ne", "Gt", "Ge")]
hasexc = []
# The opcodes are in no such order, and no operand needs a second instruction: `hasarg` tells which have operands.
HAVE_ARGUMENT = min(hasarg)
EXTENDED_ARG = -1

COMPILER_FLAG_NAMES = {
    1: "OPTIMIZED", 2: "NEWLOCALS", 4: "VARARGS", 8: "VARKEYWORDS", 16: "NESTED", 32: "GENERATOR", 64: "NOFREE",
    128: "COROUTINE", 256: "ITERABLE_COROUTINE", 512: "ASYNC_GENERATOR", 0x4000000: "HAS_DOCSTRING",
    0x8000000: "METHOD",
}

Positions = collections.namedtuple(
    "Positions", ["lineno", "end_lineno", "col_offset", "end_col_offset"], defaults=[None] * 4)

_Instruction = collections.namedtuple("_Instruction", [
    "opname", "opcode", "arg", "argval", "argrepr", "offset", "start_offset", "starts_line", "line_number", "label",
    "positions", "cache_info",
], defaults=[None, None, None])


class Instruction(_Instruction):
    """Details for a bytecode operation.

    Defined fields:
      opname - human readable name for operation
      opcode - numeric code for operation
      arg - the operands as one number, None if there are none
      argval - what they stand for (a constant, a name, an offset), if that is known, otherwise same as arg
      argrepr - human readable description of the operands
      offset - where the operation is: twice its number, as f_lasti counts
      start_offset - the same
      starts_line - True if this opcode starts a source line, otherwise False
      line_number - source line number associated with this opcode (if any), otherwise None
      label - a number (from 1) if this instruction is a jump target, otherwise None
      positions - dis.Positions object holding the span of source code covered by this instruction
      cache_info - None: instructions have no cache entries
    """

    __slots__ = ()

    @staticmethod
    def make(opname, arg, argval, argrepr, offset, start_offset, starts_line, line_number, label=None,
             positions=None, cache_info=None):
        return Instruction(opname, opmap[opname], arg, argval, argrepr, offset, start_offset, starts_line,
                           line_number, label, positions, cache_info)

    @property
    def oparg(self):
        """Alias for Instruction.arg."""
        return self.arg

    @property
    def baseopcode(self):
        """The same as opcode: specialized operations are shown as what they specialize."""
        return self.opcode

    @property
    def baseopname(self):
        """The same as opname: specialized operations are shown as what they specialize."""
        return self.opname

    @property
    def cache_offset(self):
        """Start index of the cache entries following the operation: there are none."""
        return self.offset + 2

    @property
    def end_offset(self):
        """Where the next operation begins."""
        return self.offset + 2

    @property
    def jump_target(self):
        """Offset of the jump target if this is a jump operation, otherwise None."""
        return self.argval if self.opcode in hasjump else None

    @property
    def is_jump_target(self):
        """True if other code jumps to here, otherwise False"""
        return self.label is not None

    def __str__(self):
        label = "" if self.label is None else f"L{self.label}:"
        return f"{label:>6} {self.opname:<20} {self.argrepr}".rstrip() + "\n"


def stack_effect(opcode, oparg=None, /, *, jump=None):
    """Compute the stack effect of the opcode: none, since operations work on registers."""
    if jump not in (None, True, False):
        raise ValueError("stack_effect: jump must be False, True or None")
    if not 0 <= opcode < len(_table):
        raise ValueError("invalid opcode or oparg")
    return 0


def _inner(x):
    """The code behind a function, method, generator and the like, or the thing itself."""
    x = getattr(x, "__func__", x)
    for attribute in ("__code__", "gi_code", "ag_code", "cr_code"):
        code = getattr(x, attribute, None)
        if code is not None:
            return code
    return x


def _compile(source, name):
    """A text as an expression if it is one, else as statements."""
    try:
        return compile(source, name, "eval")
    except SyntaxError:
        return compile(source, name, "exec")


def _code_of(x):
    x = _inner(x)
    if isinstance(x, str):
        x = _compile(x, "<disassembly>")
    if isinstance(x, types.CodeType):
        return x
    raise TypeError(f"don't know how to disassemble {type(x).__name__} objects")


def dis(x=None, *, file=None, depth=None, show_caches=False, adaptive=False, show_offsets=False,
        show_positions=False, every=None):
    """Disassemble classes, methods, functions, and other compiled objects, or source text.

    With no argument, disassemble the last traceback.
    depth: how deep to go into nested code; None for all of it.
    every: mark each instruction as a switch point, as before CPython 3.10; by default as the lock's policy has it.
    """
    shown = {"file": file, "show_offsets": show_offsets, "show_positions": show_positions}
    if x is None:
        distb(**shown)
        return
    x = _inner(x)
    if isinstance(x, str):
        x = _compile(x, "<dis>")
    if isinstance(x, types.CodeType):
        _print(x, file, every, depth, -1, show_offsets, show_positions)
        return
    members = getattr(x, "__dict__", None)
    if members is None:
        raise TypeError(f"don't know how to disassemble {type(x).__name__} objects")
    kinds = types.MethodType, types.FunctionType, types.CodeType, classmethod, staticmethod, type
    for name, member in sorted(members.items()):
        if isinstance(member, kinds):
            print(f"Disassembly of {name}:", file=file)
            try:
                dis(member, depth=depth, every=every, **shown)
            except TypeError as error:
                print("Sorry:", error, file=file)
            print(file=file)


def _print(code, file, every=None, depth=0, lasti=-1, offsets=False, columns=False):
    print(_dis.text(code, every, depth, lasti, 0, offsets, columns), end="", file=file)


def disassemble(co, lasti=-1, *, file=None, show_caches=False, adaptive=False, show_offsets=False,
                show_positions=False):
    """Disassemble a code object, and point at the instruction at an offset."""
    _print(co, file, lasti=lasti, offsets=show_offsets, columns=show_positions)


disco = disassemble


def distb(tb=None, *, file=None, show_caches=False, adaptive=False, show_offsets=False, show_positions=False):
    """Disassemble a traceback (default: last traceback)."""
    if tb is None:
        if hasattr(sys, "last_exc"):
            tb = sys.last_exc.__traceback__
        elif hasattr(sys, "last_traceback"):
            tb = sys.last_traceback
        else:
            raise RuntimeError("no last traceback to disassemble") from None
    while tb.tb_next:
        tb = tb.tb_next
    disassemble(tb.tb_frame.f_code, tb.tb_lasti, file=file, show_offsets=show_offsets,
                show_positions=show_positions)


def findlinestarts(code):
    """Find the offsets in a byte code which are start of lines in the source.

    Generate pairs (offset, lineno); lineno is an integer, or None. The first line of a function has no instruction.
    """
    last = False
    for start, end, line in code.co_lines():
        if line is not last:
            last = line
            yield start, line


def findlabels(code):
    """The offsets to which the instructions jump, given as bytes (`co_code`)."""
    targets = (int.from_bytes(code[at + 5:at + 8], "little") * 2
               for at in range(0, len(code), 8) if code[at] in hasjump)
    return list(dict.fromkeys(targets))


def _instructions(code, shift=0):
    last = None
    for at, (row, places) in enumerate(zip(_dis.rows(code), code.co_positions())):
        opcode, arg, argval, argrepr, label, _ = row
        places = Positions(*(place + shift if place is not None and i < 2 else place
                             for i, place in enumerate(places)))
        line = places.lineno
        yield Instruction(opname[opcode], opcode, arg, argval, argrepr, 2 * at, 2 * at, at == 0 or line != last,
                          line, label, places)
        last = line


def get_instructions(x, *, first_line=None, show_caches=None, adaptive=False):
    """Iterator for the opcodes in methods, functions or code

    first_line is the line number to report for the first line; by default it is as in the source.
    """
    code = _code_of(x)
    return _instructions(code, 0 if first_line is None else first_line - code.co_firstlineno)


class Bytecode:
    """The bytecode operations of a piece of code

    Instantiate this with a function, method, other compiled object, string of
    code, or a code object (as returned by compile()).

    Iterating over this yields the bytecode operations as Instruction instances.
    """

    def __init__(self, x, *, first_line=None, current_offset=None, show_caches=False, adaptive=False,
                 show_offsets=False, show_positions=False):
        self.codeobj = code = _code_of(x)
        self.first_line = code.co_firstlineno if first_line is None else first_line
        self._shift = self.first_line - code.co_firstlineno
        self._original_object = x
        self.current_offset = current_offset
        self.show_caches = show_caches
        self.adaptive = adaptive
        self.show_offsets = show_offsets
        self.show_positions = show_positions

    def __iter__(self):
        return _instructions(self.codeobj, self._shift)

    def __repr__(self):
        return f"{type(self).__name__}({self._original_object!r})"

    @classmethod
    def from_traceback(cls, tb, *, show_caches=False, adaptive=False):
        """Construct a Bytecode from the given traceback """
        while tb.tb_next:
            tb = tb.tb_next
        return cls(tb.tb_frame.f_code, current_offset=tb.tb_lasti, show_caches=show_caches, adaptive=adaptive)

    def info(self):
        """Return formatted information about the code object."""
        return code_info(self.codeobj)

    def dis(self):
        """Return a formatted view of the bytecode operations."""
        current = -1 if self.current_offset is None else self.current_offset
        return _dis.text(self.codeobj, None, 0, current, self._shift, self.show_offsets, self.show_positions)


def pretty_flags(flags):
    """Return pretty representation of code flags."""
    names = [name for flag, name in COMPILER_FLAG_NAMES.items() if flags & flag]
    rest = flags & ~sum(COMPILER_FLAG_NAMES)
    if rest or not names:
        names.append(hex(rest))
    return ", ".join(names)


def code_info(x):
    """Formatted details of methods, functions, or code."""
    code = _code_of(x)
    lines = [f"{label + ':':<18} {value}" for label, value in [
        ("Name", code.co_name),
        ("Filename", code.co_filename),
        ("Argument count", code.co_argcount),
        ("Positional-only arguments", code.co_posonlyargcount),
        ("Kw-only arguments", code.co_kwonlyargcount),
        ("Number of locals", code.co_nlocals),
        ("Stack size", code.co_stacksize),
        ("Flags", pretty_flags(code.co_flags)),
    ]]
    for label, items in [
        ("Constants", map(repr, code.co_consts)),
        ("Names", code.co_names),
        ("Variable names", code.co_varnames),
        ("Free variables", code.co_freevars),
        ("Cell variables", code.co_cellvars),
    ]:
        rows = [f"{at:4}: {item}" for at, item in enumerate(items)]
        lines += [f"{label}:", *rows] if rows else []
    return "\n".join(lines)


def show_code(co, *, file=None):
    """Print details of methods, functions, or code to *file*.

    If *file* is not provided, the output is printed on stdout.
    """
    print(code_info(co), file=file)


def opcodes(file=None):
    """Document every opcode."""
    print(_dis.opcodes(), end="", file=file)


def main(args=None):
    """`python -m dis`: disassembles a file, or standard input."""
    import argparse

    parser = argparse.ArgumentParser(color=True)
    parser.add_argument("-C", "--show-caches", action="store_true", help="show inline caches: there are none to show")
    parser.add_argument("-O", "--show-offsets", action="store_true", help="show instruction offsets")
    parser.add_argument("-P", "--show-positions", action="store_true", help="show instruction positions")
    parser.add_argument("-S", "--specialized", action="store_true", help="show specialized bytecode: not kept apart")
    parser.add_argument("infile", nargs="?", default="-")
    given = parser.parse_args(args)
    if given.infile == "-":
        name, source = "<stdin>", sys.stdin.buffer.read()
    else:
        name = given.infile
        with open(name, "rb") as file:
            source = file.read()
    dis(compile(source, name, "exec"), show_offsets=given.show_offsets, show_positions=given.show_positions)


if __name__ == "__main__":
    main()
