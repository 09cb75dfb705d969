"""Disassembler: a program's bytecode, with the points where the lock can change hands."""

import _dis

__all__ = ["dis", "disassemble", "code_info", "opcodes"]


def _code_of(x):
    for attribute in ("__func__", "__wrapped__"):
        inner = getattr(x, attribute, None)
        if inner is not None and not hasattr(x, "__code__"):
            x = inner
    for attribute in ("__code__", "gi_code", "cr_code", "ag_code"):
        code = getattr(x, attribute, None)
        if code is not None:
            return code
    return x


def dis(x=None, *, file=None, every=None):
    """Disassemble a function, method, class, module, code object or source text.

    every: mark each instruction as a switch point, as before CPython 3.10; by default as the lock's policy has it.
    """
    if isinstance(x, str):
        x = compile(x, "<dis>", "exec")
    code = _code_of(x)
    if isinstance(code, type(_code_of(dis))):
        print(_dis.text(code, every), end="", file=file)
        return
    members = getattr(x, "__dict__", None)
    if members is None:
        raise TypeError("don't know how to disassemble %s objects" % type(x).__name__)
    for name, member in sorted(members.items()):
        if isinstance(_code_of(member), type(_code_of(dis))):
            print("Disassembly of %s:" % name, file=file)
            dis(member, file=file, every=every)
            print(file=file)


disassemble = dis


def code_info(x):
    """What a code object says of itself, as text."""
    code = _code_of(x)
    return "\n".join(
        f"{label + ':':<18}{value}" for label, value in [
            ("Name", code.co_name),
            ("Filename", code.co_filename),
            ("Argument count", code.co_argcount),
            ("Positional-only arguments", code.co_posonlyargcount),
            ("Kw-only arguments", code.co_kwonlyargcount),
            ("Number of locals", code.co_nlocals),
            ("Registers", code.co_stacksize),
            ("Flags", hex(code.co_flags)),
        ])


def opcodes(file=None):
    """Document every opcode."""
    print(_dis.opcodes(), end="", file=file)
