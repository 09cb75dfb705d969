# gilbox: -A
# A tool for JSON files: shows, asks, flattens, compares and merges them.
import argparse
import io
import json
import os
import re
import sys
import tempfile
from collections import Counter, OrderedDict
from pathlib import Path

STEP = re.compile(r"\.?(?:(?P<key>[A-Za-z_][\w-]*)|\[(?P<index>-?\d+)\]|\[(?P<all>\*)\])")


def ask(document, path):
    """All that a path like `.users[*].name` leads to."""
    found, at = [document], 0
    while at < len(path):
        step = STEP.match(path, at)
        if step is None:
            raise ValueError(f"bad path at {at}: {path[at:]!r}")
        at = step.end()
        if step["key"]:
            found = [item[step["key"]] for item in found]
        elif step["index"]:
            found = [item[int(step["index"])] for item in found]
        else:
            found = [inner for item in found for inner in (item.values() if isinstance(item, dict) else item)]
    return found


def flatten(value, prefix="$"):
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from flatten(inner, f"{prefix}.{key}")
    elif isinstance(value, list) and value:
        for index, inner in enumerate(value):
            yield from flatten(inner, f"{prefix}[{index}]")
    else:
        yield prefix, value


def compare(old, new):
    before, after = dict(flatten(old)), dict(flatten(new))
    for path in sorted(before.keys() | after.keys()):
        match path in before, path in after:
            case True, False:
                yield f"- {path} = {json.dumps(before[path])}"
            case False, True:
                yield f"+ {path} = {json.dumps(after[path])}"
            case _ if before[path] != after[path] or type(before[path]) is not type(after[path]):
                yield f"! {path} = {json.dumps(before[path])} -> {json.dumps(after[path])}"


def merge(base, extra):
    if isinstance(base, dict) and isinstance(extra, dict):
        return {key: merge(base[key], extra[key]) if key in base and key in extra else base.get(key, extra.get(key))
                for key in [*base, *(key for key in extra if key not in base)]}
    if isinstance(base, list) and isinstance(extra, list):
        return base + [item for item in extra if item not in base]
    return extra


class SetEncoder(json.JSONEncoder):
    def default(self, value):
        if isinstance(value, (set, frozenset)):
            return sorted(value)
        if isinstance(value, complex):
            return {"re": value.real, "im": value.imag}
        return super().default(value)


def parser():
    top = argparse.ArgumentParser(prog="json_tool", description=__doc__, color=False)
    top.add_argument("--indent", type=int, default=None, metavar="N", help="spaces per level")
    top.add_argument("--sort", action="store_true", help="sort keys")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, files, text in [("show", 1, "print a file"), ("diff", 2, "compare two files"), ("merge", "+", "join files"),
                              ("stats", 1, "count kinds of values")]:
        command = commands.add_parser(name, help=text, color=False)
        command.add_argument("files", nargs=files, type=Path)
    asking = commands.add_parser("ask", help="follow a path", color=False)
    asking.add_argument("path")
    asking.add_argument("files", nargs=1, type=Path)
    return top


def main(arguments):
    options = parser().parse_args(arguments)
    try:
        documents = [json.loads(path.read_text(), parse_float=lambda text: round(float(text), 6)) for path in options.files]
    except json.JSONDecodeError as error:
        print(f"error: {error.msg}: line {error.lineno} column {error.colno} (char {error.pos})")
        return 1
    except OSError as error:
        print(f"error: {error.strerror}: {os.path.basename(error.filename)}")
        return 2
    show = lambda value: print(json.dumps(value, indent=options.indent, sort_keys=options.sort, ensure_ascii=False))
    match options.command:
        case "show":
            show(documents[0])
        case "diff":
            changes = list(compare(*documents))
            print("\n".join(changes) or "no difference")
            return int(bool(changes))
        case "merge":
            result = documents[0]
            for document in documents[1:]:
                result = merge(result, document)
            show(result)
        case "stats":
            print(dict(sorted(Counter(type(value).__name__ for _, value in flatten(documents[0])).items())))
        case "ask":
            try:
                for value in ask(documents[0], options.path):
                    show(value)
            except (KeyError, IndexError, ValueError, TypeError) as error:
                print(f"{type(error).__name__}: {error}")
                return 3
    return 0


FIRST = {"users": [{"name": "Ann", "age": 31, "tags": ["a", "b"]}, {"name": "Bø", "age": None, "tags": []}],
         "version": 1.5, "live": True, "deep": {"er": {"est": "☃"}}}
SECOND = {"users": [{"name": "Ann", "age": 32, "tags": ["a", "c"]}], "version": 1, "live": True, "new": {}}

with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    Path("one.json").write_text(json.dumps(FIRST))
    Path("two.json").write_text(json.dumps(SECOND, indent="\t"))
    Path("bad.json").write_text('{"a": [1, 2,, 3]}')
    for line in ["show one.json", "--indent 2 --sort show two.json", "diff one.json two.json", "diff one.json one.json",
                 "merge one.json two.json", "stats one.json", "ask .users[*].name one.json", "ask .users[0].tags[-1] one.json",
                 "ask .deep[*][*] one.json", "ask .users[5] one.json", "ask .nobody one.json", "ask ..x one.json",
                 "show bad.json", "show none.json"]:
        print(f"$ {line}")
        print("->", main(line.split()))
    for line in ["", "shout one.json", "diff one.json", "--indent x show one.json"]:
        print(f"$ {line}")
        sys.stderr, kept = io.StringIO(), sys.stderr
        try:
            main(line.split())
        except SystemExit as stop:
            print("exit", stop.code)
        finally:
            text, sys.stderr = sys.stderr.getvalue(), kept
        print(text, end="")
    os.chdir("/")
print(json.dumps({"set": {3, 1, 2}, "z": 1 - 2j, "nan": float("nan"), "big": 10**30}, cls=SetEncoder))
try:
    json.dumps({"x": object}, cls=SetEncoder)
except TypeError as error:
    print(error, error.__notes__)
print(json.loads('{"b": 1, "a": {"c": [1.5, 2e3, -0]}}', object_pairs_hook=OrderedDict))
parser().print_help()
