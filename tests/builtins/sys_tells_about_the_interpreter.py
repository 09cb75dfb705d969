"""sys: structures, limits, frames, hooks and sizes."""
import sys

print(sys.flags)
print(sys.float_info)
print(sys.int_info)
print(sys.hash_info)
print([n for n in dir(sys.flags) if not n.startswith("_")])
print(sys.flags[0], len(sys.flags), sys.flags.optimize, type(sys.flags).__name__, type(sys.flags).__module__, isinstance(sys.flags, tuple))
print(sys.version_info >= (3, 14), sys.version_info[:2], sys.version_info.releaselevel, sys.version_info.major, tuple(sys.version_info)[:2], len(sys.version_info))
print(sys.version.split(".")[0], sys.hexversion >> 16 == 0x30E, sys.api_version, sys.implementation.version[:2] == sys.version_info[:2])
major, minor, *_ = sys.version_info
print(major, minor, f"{sys.version_info.major}.{sys.version_info.minor}", "%d.%d" % sys.version_info[:2])
print(sys.float_info.max, sys.float_info[3], sys.float_info.epsilon == 2.0**-52, sys.int_info.bits_per_digit)
for text in ["type(sys.float_info)((1, 2))", "sys.flags.x", "sys.flags[100]", "sys.flags.debug = 1", "sys.setrecursionlimit(0)", "sys.setrecursionlimit('x')", "sys.intern(5)", "sys.getsizeof()", "sys._getframe(10**6)", "sys._getframe('x')", "sys.exit(1, 2)", "sys.setswitchinterval(0)", "sys.setswitchinterval('x')", "sys.call_tracing(len, [1])", "sys.audit(5)", "sys.set_int_max_str_digits(5)", "sys.getsizeof(5, 6, 7)"]:
    try:
        exec(text)
        print(text, "ok")
    except BaseException as error:
        print(text, type(error).__name__, error)
print(sys.getrecursionlimit(), sys.getdefaultencoding(), sys.getfilesystemencoding(), sys.getfilesystemencodeerrors(), sys.maxsize, sys.maxunicode, sys.byteorder, sys.platform)
print(sys.intern("some text") is sys.intern("some " + "text"), sys._is_interned(sys.intern("q r")))
print(sys.exc_info(), sys.exception())
try:
    1 / 0
except ZeroDivisionError as error:
    print(sys.exc_info()[0], sys.exc_info()[1] is error, sys.exc_info()[2] is error.__traceback__, sys.exception() is error)
    try:
        {}["x"]
    except KeyError:
        print(repr(sys.exception()))
    print(repr(sys.exception()))
print(sys.exception())


class Sized:
    def __sizeof__(self):
        return self.size


for size in (100, -1):
    Sized.size = size
    try:
        print(sys.getsizeof(Sized()) >= 100)
    except ValueError as error:
        print(error)


def outer():
    def inner():
        frame = sys._getframe()
        return frame.f_code.co_name, frame.f_back.f_code.co_name, frame.f_lineno, frame.f_back.f_lineno, sorted(frame.f_back.f_locals), sys._getframe(1).f_code.co_name, sys._getframemodulename(), sys._getframemodulename(1)
    return inner()


print(outer())
print("os" in sys.stdlib_module_names, "no_such" in sys.stdlib_module_names, len(sys.stdlib_module_names) > 290, type(sys.stdlib_module_names).__name__, "sys" in sys.builtin_module_names)
sys.displayhook(None)
sys.displayhook([1, "é"])
import builtins
print(builtins._, sys.displayhook is sys.__displayhook__, sys.excepthook is sys.__excepthook__, sys.breakpointhook is sys.__breakpointhook__)
sys.displayhook = lambda value: print("shown", value)
exec(compile("1 + 1", "<s>", "single"))
print(sys.call_tracing(lambda a, b: a + b, (1, 2)), sys.is_finalizing(), sys.gettrace(), sys.getprofile(), sys.audit("event", 1))
print(sys.getallocatedblocks() > 0, sys.dont_write_bytecode, sys.argv[1:], isinstance(sys.path, list), isinstance(sys.modules, dict), sys.modules["sys"] is sys)
match sys.version_info:
    case (3, minor, *_):
        print("matched", minor)
match sys.int_info:
    case sys_info if sys_info.sizeof_digit == 4:
        print("digits of 4")
