"""Writes what CPython makes of programs, in the form of dump.rs: the golden trees of this folder.

    python3.14 dump.py FILE...      writes FILE.tree beside each FILE
"""
import ast
import struct
import sys

SKIPPED = {"ctx", "type_comment", "kind", "type_ignores"}


def quoted(data):
    return "".join(chr(b) if 32 <= b < 127 and b != 92 else "\\%02x" % b for b in data)


def bits(number):
    return "%016x" % struct.unpack(">Q", struct.pack(">d", number))


def constant(value):
    match value:
        case None | True | False:
            return str(value)
        case int():
            return str(value)
        case float():
            return "float " + bits(value)
        case complex():
            return "complex " + bits(value.imag)
        case str():
            return "str " + quoted(value.encode("utf-8", "surrogatepass"))
        case bytes():
            return "bytes " + quoted(value)
        case _:
            return "Ellipsis"


def dump(out, depth, field, node):
    pad = " " * depth + field + ": "
    if isinstance(node, (ast.operator, ast.boolop, ast.unaryop, ast.cmpop)):
        out.append(pad + type(node).__name__)
        return
    if not isinstance(node, ast.AST):
        out.append(pad + str(node))
        return
    place = ""
    if hasattr(node, "lineno"):
        place = f" {node.lineno}:{node.col_offset}-{node.end_lineno}:{node.end_col_offset}"
    out.append(pad + type(node).__name__ + place)
    for name, value in ast.iter_fields(node):
        if name in SKIPPED or (name == "conversion" and value is None):
            continue
        joined = isinstance(node, (ast.JoinedStr, ast.TemplateStr))
        if isinstance(value, list):
            for item in value:
                if joined and isinstance(item, ast.Constant):
                    out.append(" " * (depth + 1) + name + ": " + constant(item.value))
                else:
                    dump(out, depth + 1, name, item)
        elif isinstance(node, (ast.Constant, ast.MatchSingleton)) and name == "value":
            out.append(" " * (depth + 1) + "value: " + constant(value))
        elif isinstance(node, ast.Interpolation) and name == "str":
            out.append(" " * (depth + 1) + "str: " + quoted(value.encode()))
        elif value is not None:
            dump(out, depth + 1, name, value)


def main():
    sys.set_int_max_str_digits(0)
    for path in sys.argv[1:]:
        with open(path, "rb") as file:
            tree = ast.parse(file.read())
        out = []
        for stmt in tree.body:
            dump(out, 0, "body", stmt)
        with open(path + ".tree", "w", encoding="utf-8") as file:
            file.write("".join(line + "\n" for line in out))


if __name__ == "__main__":
    main()
