"""A tool with subcommands: argparse as programs use it."""

import argparse
import io
import sys
from contextlib import redirect_stderr, redirect_stdout


def positive(text):
    number = int(text)
    if number <= 0:
        raise argparse.ArgumentTypeError(f"{text} is not positive")
    return number


def build():
    parser = argparse.ArgumentParser(prog="todo", description="Keeps a list of things to do.", epilog="That is all.")
    parser.add_argument("-v", "--verbose", action="count", default=0, help="say more (-vv: even more)")
    parser.add_argument("--version", action="version", version="%(prog)s 1.2")
    parser.add_argument("--colour", choices=["auto", "always", "never"], default="auto", help="use colours (default: %(default)s)")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", title="commands")
    add = commands.add_parser("add", help="add a task", aliases=["a"])
    add.add_argument("words", nargs="+", metavar="WORD")
    add.add_argument("-p", "--priority", type=positive, default=3)
    add.add_argument("-t", "--tag", action="append", dest="tags", default=[])
    shown = commands.add_parser("list", help="show the tasks")
    which = shown.add_mutually_exclusive_group()
    which.add_argument("--all", action="store_true")
    which.add_argument("--done", action="store_const", const=True, dest="done")
    shown.add_argument("limit", nargs="?", type=int, default=10)
    shown.add_argument("--no-header", dest="header", action="store_false")
    shown.add_argument("--sort", action=argparse.BooleanOptionalAction, default=True)
    done = commands.add_parser("done", help="tick a task off")
    done.add_argument("numbers", nargs="*", type=positive)
    done.add_argument("rest", nargs=argparse.REMAINDER)
    return parser


class Tool:
    def __init__(self):
        self.tasks = []

    def run(self, arguments):
        options = build().parse_args(arguments)
        return getattr(self, {"a": "add"}.get(options.command, options.command))(options)

    def add(self, options):
        self.tasks.append((options.priority, " ".join(options.words), options.tags))
        return f"{len(self.tasks)} tasks" + (f" {options}" if options.verbose > 1 else "")

    def list(self, options):
        tasks = sorted(self.tasks) if options.sort else self.tasks
        lines = ["prio task"] * options.header + [f"{p:>4} {text} {' '.join('#' + tag for tag in tags)}".rstrip() for p, text, tags in tasks]
        return "\n".join(lines[: options.limit])

    def done(self, options):
        return f"done {options.numbers} {options.rest}"


def main():
    tool = Tool()
    for line in [
        "add buy milk", "a -p 1 -t home -t urgent call the plumber", "-vv add --priority=2 write", "list", "list 2 --no-header", "list --no-sort 5",
        "list --all --done", "done 1 2", "done 0", "add", "", "frobnicate", "add x -p high", "--colour pink list", "list x", "--version",
        "--verb list", "add --pri 4 abbreviated", "list --no-h 1", "-h", "add --help", "list -q",
    ]:
        out, err = io.StringIO(), io.StringIO()
        code = None
        with redirect_stdout(out), redirect_stderr(err):
            try:
                answer = tool.run(line.split())
            except SystemExit as exit_:
                answer, code = None, exit_.code
        print(f"$ todo {line}")
        for text in (answer, out.getvalue(), err.getvalue()):
            if text:
                print("\n".join("    " + part for part in text.splitlines()))
        if code is not None:
            print("    exit", code)
    namespace, rest = build().parse_known_args(["list", "--strange", "7"])
    print(namespace.limit, rest, vars(namespace)["sort"], argparse.Namespace(a=1) == argparse.Namespace(a=1))


if __name__ == "__main__":
    sys.exit(main())
