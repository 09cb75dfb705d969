# What unittest.main takes on the command line.
import io
import re
import sys
import unittest


class Alpha(unittest.TestCase):
    def test_a(self):
        print("printed")

    def test_b(self):
        self.fail("b")

    def test_c(self):
        self.fail("c")


def main(*args):
    print("== main", *args)
    kept, sys.stderr = sys.stderr, io.StringIO()
    try:
        unittest.main(argv=["prog", *args])
    except SystemExit as ended:
        print("exit", ended.code)
    finally:
        text = sys.stderr.getvalue()
        sys.stderr = kept
    for line in text.splitlines():
        if line.startswith("Ran "):
            line = line[:line.index(" in ")] + " in TIME"
        print(re.sub(r"^\d\.\d{3}s", "TIME", line))


main("-v", "Alpha.test_a")
main("-q")
main("-f", "--locals")
main("-b", "Alpha.test_a", "Alpha.test_b")
main("-k", "test_a", "-k", "*_c", "-v")
main("--durations", "0", "-v", "Alpha.test_a")
main("Alpha.missing")
main("--help")
main("--nonsense")
