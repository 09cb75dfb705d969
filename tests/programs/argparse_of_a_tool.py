"""A command-line tool with subcommands, run on many command lines: help, errors, types, groups, defaults, namespaces."""

import argparse
import contextlib
import enum
import io
import json
import os
import sys
import textwrap

os.environ["COLUMNS"] = "80"


class Level(enum.Enum):
    LOW = "low"
    HIGH = "high"

    def __str__(self):
        return self.value


class KeyValue(argparse.Action):
    """Gathers KEY=VALUE pairs in a dict."""

    def __call__(self, parser, namespace, values, option_string=None):
        pairs = getattr(namespace, self.dest) or {}
        for pair in values:
            key, eq, value = pair.partition("=")
            if not eq:
                parser.error(f"argument {option_string}: {pair!r} is not KEY=VALUE")
            pairs[key] = value
        setattr(namespace, self.dest, pairs)


def percentage(text):
    value = int(text)
    if not 0 <= value <= 100:
        raise argparse.ArgumentTypeError(f"{value} is not between 0 and 100")
    return value


def size(text):
    units = {"k": 1 << 10, "m": 1 << 20}
    return int(text[:-1]) * units[text[-1]] if text[-1] in units else int(text)


def build():
    parser = argparse.ArgumentParser(
        prog="tool", description="A tool of many uses.", epilog="See the manual.", fromfile_prefix_chars=None
    )
    parser.add_argument("--version", action="version", version="%(prog)s 1.2")
    parser.add_argument("-v", "--verbose", action="count", default=0, help="say more (-vv: much more)")
    parser.add_argument("-q", dest="verbose", action="store_const", const=-1, help=argparse.SUPPRESS)
    commands = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND", required=True)

    pack = commands.add_parser("pack", aliases=["p"], help="pack files", description="Packs FILES into one.")
    pack.add_argument("files", nargs="+", metavar="FILE")
    pack.add_argument("-o", "--output", default="-", help="where to (default: %(default)s)")
    pack.add_argument("-l", "--level", type=Level, choices=list(Level), default=Level.LOW)
    pack.add_argument("--limit", type=size, metavar="SIZE", help="at most so many bytes; 10k, 3m")
    pack.add_argument("-D", "--define", action=KeyValue, nargs="+", metavar="K=V", help="set values")
    pack.add_argument("--check", action=argparse.BooleanOptionalAction, default=True, help="check the result")

    mix = commands.add_parser("mix", formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    how = mix.add_mutually_exclusive_group(required=True)
    how.add_argument("--fast", action="store_true")
    how.add_argument("--slow", action="store_true")
    how.add_argument("--share", type=percentage, metavar="PERCENT")
    group = mix.add_argument_group("colours", "what it looks like")
    group.add_argument("--hue", type=float, default=0.5, help="the hue")
    group.add_argument("--name", action="append", choices=["red", "green", "blue"], help="a name")
    group.add_argument("--pair", nargs=2, type=int, default=(1, 2))
    mix.add_argument("rest", nargs=argparse.REMAINDER)

    raw = commands.add_parser("raw", formatter_class=argparse.RawDescriptionHelpFormatter, add_help=False, allow_abbrev=False,
                              description=textwrap.dedent("""\
                                  Lines
                                      as they are.
                              """))
    raw.add_argument("number", type=int, nargs="?", const=7, default=42)
    raw.add_argument("--extend", action="extend", nargs="*", default=[])
    raw.set_defaults(handler=len)
    return parser


LINES = """
--help
pack -h
mix --help
pack a b -o out --level high --limit 10k -D x=1 y=2 --no-check -D z=3
p one -vv
-vvv pack one
-q pack one
pack
pack a --level middle
pack a --limit lots
pack a -D nothing
mix
mix --fast --slow
mix --share 30 --name red --name blue --pair 3 4 -- -x --y
mix --share 130
mix --fast --name pink
mix --sl --hu 1.5 a b
mix --fast --pair 1
mix --s
raw
raw 5 --extend a b --extend c
raw --ext a
raw x
unknown
--version
--wrong pack a
pack a -ofile -lhigh
pack a --output=
""".strip().splitlines()

parser = build()
for line in LINES:
    print("$ tool", line)
    out, err = io.StringIO(), io.StringIO()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            options = parser.parse_args(line.split())
        print("  ", {k: v for k, v in sorted(vars(options).items()) if v is not None})
    except SystemExit as stop:
        print("   exit", stop.code)
    for text in (out, err):
        if text.getvalue():
            print(textwrap.indent(text.getvalue(), "   | "), end="")

known, unknown = parser.parse_known_args(["-v", "raw", "3", "--what", "x"])
print(known, unknown)
bare = argparse.ArgumentParser("bare", exit_on_error=False, usage="%(prog)s [anything]", prefix_chars="-+")
bare.add_argument("+x", "++extra", type=json.loads, default="[1, 2]", help="JSON 100%%")
bare.add_argument("-n", nargs="?", const="c", default="d", required=False)
print(bare.parse_args([]), bare.parse_args(["+x", '{"a": 1}', "-n"]))
try:
    bare.parse_args(["+x", "{"])
except argparse.ArgumentError as error:
    print(type(error).__name__, error, error.argument_name)
bare.print_usage(sys.stdout)
bare.print_help()
print(bare.get_default("n"), repr(argparse.Namespace(a=1, b="x")), argparse.Namespace(a=1) == argparse.Namespace(a=1), "a" in argparse.Namespace(a=1))
parent = argparse.ArgumentParser(add_help=False)
parent.add_argument("--user", default=argparse.SUPPRESS)
child = argparse.ArgumentParser(parents=[parent], prog="child", conflict_handler="resolve")
child.add_argument("--user", "-u", help="overrides")
child.set_defaults(user="nobody", level=3)
print(child.parse_args([]), child.parse_intermixed_args(["-u", "me"]))
child.print_help()
for wrong in (lambda: parent.add_argument("--user"), lambda: parent.add_argument("-x", "y"), lambda: parent.add_argument("--n", type="int"), lambda: parent.add_argument("--n", action="what"), lambda: parent.add_argument("pos", dest="d"), lambda: parent.add_argument("--n", nargs=0), lambda: parent.add_argument("pos", required=True)):
    try:
        print(wrong())
    except Exception as error:
        print(type(error).__name__, error)
