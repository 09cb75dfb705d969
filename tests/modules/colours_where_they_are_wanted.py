"""The colours of help, of test reports and of tracebacks, where the environment asks for them."""

import os
import sys
os.environ.pop("NO_COLOR", None)
os.environ["FORCE_COLOR"] = "1"
import argparse
p = argparse.ArgumentParser(prog="tool", description="A tool.\nIt does.", epilog="Bye tool.")
p.add_argument("file", help="the file, default %(default)s")
p.add_argument("rest", nargs="*", metavar="R")
p.add_argument("-v", "--verbose", action="store_true", help="talk")
p.add_argument("-n", "--number", type=int, metavar="N", help="how many", default=3)
p.add_argument("--long-option-name-that-is-long", choices=["a", "b"], help="choose")
p.add_argument("-x")
p.add_argument("--flag", action=argparse.BooleanOptionalAction, help="flagged")
p.add_argument("--version", action="version", version="tool 1")
p.add_argument("-r", "--req", required=True, nargs="+")
g = p.add_mutually_exclusive_group(required=True)
g.add_argument("-a", action="store_true"); g.add_argument("-b", nargs=2, metavar=("P", "Q"))
o = p.add_argument_group("other things", "Group description.")
o.add_argument("--old", deprecated=True, help="old one")
p.print_help()
p.print_usage()
print(repr(p.format_usage()))
q = argparse.ArgumentParser(prog="git", usage="%(prog)s [options] cmd")
s = q.add_subparsers(title="commands", dest="cmd", help="what to do")
a = s.add_parser("add", help="adds", aliases=["a"], description="Adds %(prog)s.")
a.add_argument("what", nargs="?")
s.add_parser("rm", help="removes")
q.print_help()
a.print_help()
r = argparse.ArgumentParser(prog="plain", color=False)
r.add_argument("-x", help="y")
r.print_help()
w = argparse.ArgumentParser(prog="averyveryverylongprogramname", formatter_class=argparse.ArgumentDefaultsHelpFormatter)
for i in range(12): w.add_argument(f"--option-{i}", default=i, help="An option with `code` in it and a rather long text that must be wrapped over lines")
w.add_argument("pos1"); w.add_argument("pos2", nargs=argparse.REMAINDER)
w.print_help()
try: p.parse_args(["--nope"])
except SystemExit: pass
try: p.parse_args(["f", "-a", "-r", "1", "--old", "x", "-n", "z"])
except SystemExit: pass
for wishes in ({"NO_COLOR": "1"}, {"NO_COLOR": "1", "PYTHON_COLORS": "1"}, {"PYTHON_COLORS": "0"}, {"FORCE_COLOR": ""}):
    saved = dict(os.environ)
    os.environ.update(wishes)
    print(wishes, repr(q.format_usage()))
    os.environ.clear()
    os.environ.update(saved)

import io
import re
import traceback
import unittest

class T(unittest.TestCase):
    def test_ok(self): pass
    def test_fail(self): self.assertEqual(1, 2)
    def test_error(self): 1/0
    @unittest.skip("why")
    def test_skip(self): pass
    @unittest.expectedFailure
    def test_xfail(self): self.fail()
    @unittest.expectedFailure
    def test_xpass(self): pass
    def test_sub(self):
        for i in range(3):
            with self.subTest(i=i): self.assertNotEqual(i, 1)
class OK(unittest.TestCase):
    def test_ok(self): pass
class Skips(unittest.TestCase):
    @unittest.skip("why")
    def test_s(self): pass
class None_(unittest.TestCase): pass
for verbosity in (1, 2):
    for case in (T, OK, Skips, None_):
        stream = io.StringIO()
        unittest.TextTestRunner(stream, verbosity=verbosity).run(unittest.defaultTestLoader.loadTestsFromTestCase(case))
        text = re.sub(r"in \d\.\d+s", "in Xs", stream.getvalue())
        print("\n".join(repr(line) for line in text.replace(os.path.dirname(__file__), "").splitlines()))


def fails():
    try:
        {}["key"]
    except KeyError as error:
        raise ExceptionGroup("several", [error, ValueError("two\nlines")]) from error


try:
    fails()
except ExceptionGroup as error:
    error.add_note("a note")
    for line in traceback.format_exception(error, colorize=True):
        print(repr(line.replace(os.path.dirname(__file__), "")))
    print(traceback.format_exception_only(error, colorize=True))
    print(traceback.format_exception_only(error))
