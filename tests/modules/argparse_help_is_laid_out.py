# The help and usage of argparse: how they are laid out and wrapped.
import argparse
import os

os.environ["COLUMNS"] = "80"


def show(parser):
    print(parser.format_help())
    print("-" * 30)


show(argparse.ArgumentParser())
show(argparse.ArgumentParser("prog", add_help=False))
p = argparse.ArgumentParser("prog", description="What it does, told in more words than fit on one line of the terminal that is "
                            "eighty   columns\nwide.", epilog="The end of %(prog)s.")
p.add_argument("input", help="what to read")
p.add_argument("output", nargs="?", help="what to write (default: %(default)s)", default="-")
p.add_argument("-v", "--verbose", action="store_true", help="be loud")
p.add_argument("-n", "--number", type=int, default=5, help="a number of type %(type)s, by default %(default)s")
p.add_argument("--a-very-long-option-name", metavar="VALUE", help="its help begins on the next line, and goes on to another one "
               "because it is so long")
p.add_argument("--choice", choices=["one", "two", "three"], help="one of %(choices)s")
p.add_argument("--hidden", help=argparse.SUPPRESS)
p.add_argument("--no-help")
p.add_argument("--opt", nargs="?", help="100%% optional")
p.add_argument("--many", nargs="*")
p.add_argument("--more", nargs="+", metavar="M")
p.add_argument("--two", nargs=2, metavar=("A", "B"))
p.add_argument("--flag", action=argparse.BooleanOptionalAction, help="a flag")
p.add_argument("--version", action="version", version="1")
show(p)
print(p.format_usage())
p.print_usage()

for count in range(1, 7):
    p = argparse.ArgumentParser("program-name")
    for n in range(count):
        p.add_argument(f"--option-number-{n}", required=n % 2 == 0)
    p.add_argument("positional")
    p.add_argument("rest", nargs="*")
    print(p.format_usage())
p = argparse.ArgumentParser("a-program-whose-name-is-so-long-that-it-takes-a-line-of-its-own-in-the-usage")
p.add_argument("--option")
p.add_argument("positional", nargs="+")
print(p.format_usage())
p.add_argument("another_positional_argument", nargs="*")
p.add_argument("yet_another_positional_argument")
print(p.format_usage())
p = argparse.ArgumentParser("prog", add_help=False)
for n in range(8):
    p.add_argument(f"positional_number_{n}")
print(p.format_usage())

p = argparse.ArgumentParser("prog", usage="%(prog)s [anything]")
group = p.add_argument_group("A group", "with a description")
group.add_argument("--in-group", help="first")
group.add_argument("positional_in_group")
p.add_argument_group("Empty")
p.add_argument_group("Only text", "no arguments")
show(p)

p = argparse.ArgumentParser("prog")
group = p.add_mutually_exclusive_group()
group.add_argument("--a", action="store_true")
group.add_argument("--b")
group.add_argument("c", nargs="?")
group = p.add_mutually_exclusive_group(required=True)
group.add_argument("--d", action="store_true")
group.add_argument("--e", action="store_true", help=argparse.SUPPRESS)
group.add_argument("--f", action="store_true")
group = p.add_mutually_exclusive_group(required=True)
group.add_argument("--g")
show(p)
p = argparse.ArgumentParser("prog")
group = p.add_mutually_exclusive_group()
for n in range(12):
    group.add_argument(f"--exclusive-{n}", action="store_true")
print(p.format_usage())

p = argparse.ArgumentParser("prog")
commands = p.add_subparsers(help="the commands")
commands.add_parser("first", help="the first one", description="First.").add_argument("--x")
commands.add_parser("second-with-a-long-name", aliases=["second", "s"], help="the second one")
commands.add_parser("third")
show(p)
show(commands.choices["first"])
p = argparse.ArgumentParser("prog")
p.add_argument("before")
p.add_argument("--option", required=True)
commands = p.add_subparsers(title="commands", metavar="COMMAND", dest="cmd", required=True)
commands.add_parser("one", help="help of one")
show(p)
show(commands.choices["one"])

for formatter in (argparse.RawDescriptionHelpFormatter, argparse.RawTextHelpFormatter, argparse.ArgumentDefaultsHelpFormatter,
                  argparse.MetavarTypeHelpFormatter):
    p = argparse.ArgumentParser("prog", description="  Kept\n    as it is,  or not.\n", formatter_class=formatter)
    p.add_argument("--number", type=int, default=3, help="lines\n  of help")
    p.add_argument("--text", type=str, help="text")
    p.add_argument("pos", type=float, nargs="?", default=1.0, help="position")
    p.add_argument("must", type=float, help="needed")
    print(formatter.__name__)
    show(p)

p = argparse.ArgumentParser("prog", formatter_class=lambda prog: argparse.HelpFormatter(prog, max_help_position=40, width=60))
p.add_argument("--option-with-a-name", metavar="VALUE", help="the help stands further right, and is narrow")
show(p)
os.environ["COLUMNS"] = "40"
p = argparse.ArgumentParser("prog", description="narrow " * 10)
p.add_argument("--option", help="narrow help " * 5)
p.add_argument("-s", "--short")
show(p)

# Groups whose arguments stand apart, that are empty, or that mix options and positional arguments.
os.environ["COLUMNS"] = "80"
for required in (False, True):
    p = argparse.ArgumentParser("prog")
    p.add_argument("-x", action="store_true", help="x help")
    group = p.add_mutually_exclusive_group(required=required)
    group.add_argument("-a", action="store_true")
    group.add_argument("-b", help=argparse.SUPPRESS)
    p.add_argument("-y", action="store_true")
    group.add_argument("-c", metavar="C")
    p.add_argument("first")
    group.add_argument("perhaps", nargs="?", help="one of the group")
    p.add_argument("last", nargs="*")
    single = p.add_mutually_exclusive_group(required=required)
    single.add_argument("--alone")
    p.add_mutually_exclusive_group()
    show(p)
p = argparse.ArgumentParser("prog", formatter_class=argparse.ArgumentDefaultsHelpFormatter)
p.add_argument("--must", required=True, default=3, help="must be given")
p.add_argument("--yes", action=argparse.BooleanOptionalAction, default=True, help="text with unbreakable\xa0spaces " * 4)
show(p)
for given in ({}, {"action": "store_true"}, {"action": "store"}):
    try:
        print(argparse.ArgumentParser("prog").add_argument(**given))
    except TypeError as e:
        print("TypeError", e)
for action in ("store_const", "store_true", "store_false", "append_const", "count", "help"):
    try:
        print(argparse.ArgumentParser("prog").add_argument("name", action=action))
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)

# A parser can be pickled, and shows colours where they are asked for.
import pickle

p = argparse.ArgumentParser("prog", epilog="end")
p.add_argument("--number", type=int, default=42)
p.add_argument("-short", "--other", help="options with one dash")
p.add_argument("rest", nargs="?")
for protocol in range(6):
    print(pickle.loads(pickle.dumps(p, protocol)).parse_args(["--number", "7", "x"]))
os.environ["FORCE_COLOR"] = "1"
p = argparse.ArgumentParser("prog", prefix_chars="-+")
p.add_argument("-short", "+o", "++other", metavar="VALUE", help="options with one dash")
p.add_argument("-v", action="store_true")
p.add_argument("rest", nargs="?", choices=["a", "b"])
show(p)
