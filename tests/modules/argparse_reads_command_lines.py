# argparse: what is read of command lines by all kinds of arguments, and what is refused.
import argparse
import io
import sys


def parser(**options):
    options.setdefault("prog", "prog")
    return argparse.ArgumentParser(**options)


def read(made, *lines, method="parse_args"):
    """What a parser makes of command lines; errors come to standard output."""
    for line in lines:
        args = line.split() if isinstance(line, str) else line
        kept, sys.stderr = sys.stderr, io.StringIO()
        try:
            result = repr(getattr(made, method)(args))
        except SystemExit as ended:
            result = f"exit {ended.code}"
        except Exception as error:
            result = f"{type(error).__name__}: {error}"
        text = sys.stderr.getvalue()
        sys.stderr = kept
        print(line, "->", result)
        for said in text.splitlines():
            print("   ", said)


def refuse(what, action):
    try:
        print(what, "->", action())
    except Exception as error:
        print(what, "->", type(error).__name__, error)


p = parser()
p.add_argument("first")
p.add_argument("second", type=int, nargs="?", default=5)
p.add_argument("-v", "--verbose", action="store_true", help="be loud")
p.add_argument("-n", "--number", type=float, default=1.5)
p.add_argument("--long-name", dest="other")
p.add_argument("-o", metavar="OUT")
read(p, "a", "a 3", "a x", "", "a -v", "-v a 7", "a --verbose --number 2", "a --number=2.5", "a -n3", "a -n 3 -v", "a -vn 4",
     "a -n", "a --num 3", "a --ver", "a --long-name x", "a --long x", "a --nothing", "a -x", "a b", "a 1 2 3", "a -o=5", "a -oX",
     "a -v=1", "a --verbose=1", "a -n x", "a -- -v", "-- a", "a -n -5", "a -5", "a --", "a -vx", "a -vnx")
read(p, ["a", "--other name"], ["a b"], ["-n", "", "a"], ["", "3"], ["a", "-o", "--verbose"], ["a", "-"])
read(p, "a 3 extra -x y", "a --unknown=5 -v", method="parse_known_args")

p = parser()
p.add_argument("--opt", nargs="?", const="CONST", default="DEFAULT")
p.add_argument("--many", nargs="*")
p.add_argument("--more", nargs="+", type=int)
p.add_argument("--two", nargs=2, metavar=("A", "B"))
p.add_argument("--one", nargs=1)
p.add_argument("rest", nargs="*")
read(p, "", "--opt", "--opt x", "--many", "--many a b", "--more", "--more 1 2", "--more 1 x", "--two 1", "--two 1 2", "--two 1 2 3",
     "--one x y", "a --opt b", "--many a -- b", "--opt -- b", "a b --many c")

p = parser()
p.add_argument("-a", action="append")
p.add_argument("-b", action="append", type=int, default=[0])
p.add_argument("-c", action="count", default=0)
p.add_argument("-d", action="append_const", const=4, dest="d")
p.add_argument("-e", action="extend", nargs="+")
p.add_argument("-f", action="store_const", const=42)
p.add_argument("--no-g", action="store_false", dest="g")
p.add_argument("--bool", action=argparse.BooleanOptionalAction)
p.add_argument("--version", action="version", version="%(prog)s 1.0")
read(p, "", "-a 1 -a 2", "-b 1 -b 2", "-ccc", "-c -c", "-d -d", "-e a b -e c", "-f", "--no-g", "--bool", "--no-bool", "--version",
     "-cfc", "--bool=1", "-h")

p = parser()
p.add_argument("color", choices=["red", "green"])
p.add_argument("--size", type=int, choices=range(1, 4))
p.add_argument("--letter", choices="abc")
read(p, "red", "blue", "red --size 2", "red --size 9", "red --size x", "red --letter b", "red --letter bc", "red --letter z")
p = parser(suggest_on_error=True)
p.add_argument("color", choices=["magenta", "green"])
read(p, "magneta", "xyz", "gren")

# Positional arguments share what there is.
for nargs in ([None, "*"], ["*", None], ["+", "?"], ["?", "?"], ["*", "*"], [2, "+"], ["...", ], [None, "..."], ["?", 2], ["+", "+", None]):
    p = parser()
    for at, count in enumerate(nargs):
        p.add_argument(f"p{at}", nargs=count)
    p.add_argument("-x", action="store_true")
    print(nargs)
    read(p, "", "a", "a b", "a b c", "a -x b", "-x a b", "a -- b", "a b -x c d")

# Groups that exclude each other.
p = parser()
group = p.add_mutually_exclusive_group(required=True)
group.add_argument("--yes", action="store_true")
group.add_argument("--no", action="store_true")
group.add_argument("maybe", nargs="?")
read(p, "", "--yes", "--yes --no", "x", "x --yes", "--no x", "--yes --yes")
refuse("required in group", lambda: group.add_argument("--x", required=True))
refuse("nested", lambda: group.add_mutually_exclusive_group())
refuse("nested", lambda: group.add_argument_group())
p = parser()
p.add_argument("--must", required=True)
p.add_argument("--also", required=True)
p.add_argument("pos", metavar="POS")
p.add_argument("two", nargs=2, metavar=("X", "Y"))
read(p, "", "--must 1", "--must 1 --also 2", "--must 1 --also 2 a b c")

# Commands.
p = parser()
p.add_argument("--top", default="t")
commands = p.add_subparsers(dest="command", title="commands", description="what to do")
add = commands.add_parser("add", aliases=["a", "plus"], help="add things")
add.add_argument("things", nargs="+", type=int)
add.add_argument("--top", default="inner")
add.set_defaults(function="adding")
remove = commands.add_parser("remove")
remove.add_argument("-f", "--force", action="store_true")
read(p, "", "add 1 2", "a 1", "plus 5 --top x", "--top y add 3", "add", "add x", "remove -f", "remove --top", "other", "remove x",
     "add 1 -f", "--top", "remove -h")
read(p, "remove x --y", method="parse_known_args")
refuse("again", lambda: commands.add_parser("add"))
refuse("again", lambda: commands.add_parser("new", aliases=["a"]))
refuse("twice", lambda: p.add_subparsers())
p = parser()
p.add_argument("name")
commands = p.add_subparsers(required=True, metavar="COMMAND")
commands.add_parser("one").add_argument("x")
read(p, "n", "n one", "n one 1", "n two")

# Abbreviations, prefixes, negative numbers, files of arguments.
p = parser(allow_abbrev=False)
p.add_argument("--verbose", action="store_true")
p.add_argument("-ab")
read(p, "--verb", "--verbose", "-ab x", "-abx", "-ax")
p = parser()
p.add_argument("--same")
p.add_argument("--some")
p.add_argument("--so")
read(p, "--s 1", "--so 1", "--som 1", "--s=1", "--sa 2")
p = parser(prefix_chars="+/", add_help=False)
p.add_argument("+a")
p.add_argument("/b", "//bee")
read(p, "+a 1 /b 2", "//bee 3", "-c", "++a")
p = parser()
p.add_argument("-1", dest="one", action="store_true")
p.add_argument("n", nargs="?")
read(p, "-1", "-2", "-1 -1", "-5.5")
p = parser()
p.add_argument("n", type=float)
read(p, "-1", "-1.5", "-.5", "-1e3", "-x", "- ")


# Conversions.
def even(text):
    value = int(text)
    if value % 2:
        raise argparse.ArgumentTypeError(f"{text} is odd")
    return value


class Upper(argparse.Action):
    def __call__(self, parser, namespace, values, option_string=None):
        print("   called with", values, option_string)
        setattr(namespace, self.dest, values.upper())


p = parser()
p.add_argument("--even", type=even)
p.add_argument("--upper", action=Upper)
p.add_argument("--lambda", type=lambda text: text[5], dest="fn")
p.add_argument("--default", type=int, default="12")
p.add_argument("--bad-default", type=int, default="x12")
read(p, "--even 2", "--even 2 --bad 5", "--even 3 --bad 5", "--even x --bad 5", "--upper abc --bad 5", "--lambda abcdef --bad 1")

# Defaults, namespaces, parents.
base = parser(add_help=False)
base.add_argument("--base", type=int)
group = base.add_argument_group("of the base")
group.add_argument("--in-group")
p = parser(parents=[base], argument_default=argparse.SUPPRESS)
p.add_argument("--own")
read(p, "", "--base 1 --in-group 2", "--own x")
p.set_defaults(extra=1, own="set")
print(p.get_default("own"), p.get_default("extra"), p.get_default("none"))
space = argparse.Namespace(a=1)
print(p.parse_args([], space) is space, space, "a" in space, "b" in space, space == argparse.Namespace(a=1), vars(argparse.Namespace()))
print(argparse.Namespace(**{"not an identifier": 1, "x": 2}))
read(parser(exit_on_error=False), "--x")
p = parser(exit_on_error=False)
p.add_argument("n", type=int)
read(p, "x", "", "1 2")

# Options between positional arguments.
p = parser()
p.add_argument("--foo")
p.add_argument("cmd")
p.add_argument("rest", nargs="*", type=int)
read(p, "do 1 --foo x 2 3", method="parse_args")
read(p, "do 1 --foo x 2 3", "do", "--foo x", "do 1 --bar 2", method="parse_intermixed_args")

# Deprecated ones.
p = parser()
p.add_argument("--old", deprecated=True)
p.add_argument("pos", nargs="?", deprecated=True)
p.add_subparsers().add_parser("cmd", deprecated=True)
read(p, "--old 1 --old 2", "cmd", "x cmd")

# Declarations that are refused.
p = parser()
p.add_argument("-x", "--ex")
for what, declare in {
    "conflict": lambda: p.add_argument("-x"), "conflicts": lambda: p.add_argument("-x", "--ex"),
    "twice": lambda: p.add_argument("a", dest="b"), "required": lambda: p.add_argument("a", required=True),
    "nargs 0": lambda: p.add_argument("a", nargs=0), "nargs": lambda: p.add_argument("a", nargs="x"),
    "start": lambda: p.add_argument("-y", "z"), "no name": lambda: p.add_argument("--"), "action": lambda: p.add_argument("a", action="no"),
    "type": lambda: p.add_argument("a", type="int"), "store 0": lambda: p.add_argument("-s", nargs=0),
    "const": lambda: p.add_argument("-s", const=1), "append 0": lambda: p.add_argument("-s", action="append", nargs=0),
    "metavar": lambda: p.add_argument("-s", nargs=2, metavar=("A",)), "help": lambda: p.add_argument("-s", help="%(nothing)s"),
    "help %": lambda: p.add_argument("-t", help="100%"), "handler": lambda: parser(conflict_handler="x"),
    "parents": lambda: parser(parents=[5]), "keyword": lambda: p.add_argument("-q", nonsense=1),
    "store_true type": lambda: p.add_argument("-q", action="store_true", type=int),
    "no-": lambda: p.add_argument("--no-x", action=argparse.BooleanOptionalAction),
}.items():
    refuse(what, declare)
p = parser(conflict_handler="resolve")
p.add_argument("-f", "--foo", help="old")
p.add_argument("--foo", help="new")
read(p, "-f 1 --foo 2")
print(argparse.ArgumentError(None, "message"), argparse.ArgumentError(p._actions[-1], "message"), p)
print(p._actions[-1])
print([name for name in argparse.__all__ if not hasattr(argparse, name)])
