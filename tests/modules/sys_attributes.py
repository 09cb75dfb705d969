"""sys: what programs look at."""

import sys

print(sys.version_info[:2] >= (3, 14), sys.version_info.major, sys.version_info >= (3, 9), type(sys.version).__name__)
print(sys.platform, sys.byteorder, sys.maxsize == 2**63 - 1, sys.maxunicode)
print(sys.getrecursionlimit(), sys.float_info.max, sys.float_info.epsilon, sys.float_info.dig, sys.int_info.bits_per_digit > 0)
print(sys.stdin.fileno(), sys.stdout.fileno(), sys.stderr.fileno(), sys.stdout.encoding, sys.getdefaultencoding(), sys.stdout is sys.__stdout__)
print("sys" in sys.builtin_module_names, "math" in sys.modules or True, isinstance(sys.path, list), sys.flags.optimize)
print(sys.intern("abc") is sys.intern("abc"), sys.getsizeof([]) > 0, sys.hash_info.width, isinstance(sys.executable, str), isinstance(sys.implementation.name, str))
sys.stdout.write("written\n")
print(sys.stdout.write("abc"), file=sys.stdout)
sys.stdout.flush()
print("to stderr", file=sys.stderr)
sys.stderr.write("also\n")
old = sys.stdout


class Capture:
    def __init__(self):
        self.text = ""

    def write(self, text):
        self.text += text

    def flush(self):
        pass


sys.stdout = capture = Capture()
print("captured", 1)
sys.stdout = old
print(repr(capture.text))
sys.setrecursionlimit(500)
print(sys.getrecursionlimit())
for bad in ("sys.setrecursionlimit(0)", "sys.setrecursionlimit('x')", "sys.intern(5)", "sys.nothing"):
    try:
        eval(bad)
    except Exception as error:
        print(type(error).__name__, error)
print(sys.exc_info(), sys.getrefcount(object()) >= 1, sys.is_finalizing(), callable(sys.exit), callable(sys.displayhook))
