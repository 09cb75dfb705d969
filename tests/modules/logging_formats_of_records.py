# Formats in three styles, times, exceptions and stacks in records, and what is refused.
import logging
import sys
import time


def attempt(what, action):
    try:
        print(what, "->", repr(action()))
    except Exception as error:
        print(what, "->", type(error).__name__, error)


def record(msg="hello %s", *args, level=logging.INFO, **more):
    made = logging.LogRecord("some.name", level, "/path/to/file.py", 7, msg, args, None, "function", None)
    made.__dict__.update(more)
    return made


r = record("hello %s", "you")
print(r, r.getMessage(), r.filename, r.module, r.funcName, r.lineno, r.pathname, r.args)
print(list(r.__dict__))
print(r.created <= time.time(), 0 <= r.msecs < 1000, r.relativeCreated > 0, type(r.process), r.processName, r.taskName)
print(logging.LogRecord("n", 10, None, 1, "m", None, None).module, logging.LogRecord("n", 10, None, 1, "m", None, None).filename)
print(record("%(a)s", {"a": 1}).args, record("x", {}).args, record("%s %s", 1, 2).getMessage())
print(logging.makeLogRecord({"msg": "made", "levelname": "L"}).__dict__["msg"], logging.makeLogRecord({}))

formats = [
    ("%(message)s", "%"), ("%(levelname)-10s|%(name)15s|%(message).3s", "%"), (None, "%"), ("%(lineno)04d %(msecs)d", "%"),
    ("%(process)d", "%"), ("{message}", "{"), ("{levelname:>10}|{name:^15}|{message!r:.4}", "{"), (None, "{"),
    ("{lineno:+05d} {msg.__class__.__name__} {args[0]}", "{"), ("$message", "$"), ("${levelname}: $$ $message!", "$"), (None, "$"),
    ("%(asctime)s", "%"), ("{asctime}", "{"), ("$asctime", "$"), ("${asctime}", "$"),
]
for fmt, style in formats:
    formatter = logging.Formatter(fmt, style=style)
    r = record("hello %s", "you", created=0.0, msecs=250.0, process=9)
    formatter.converter = time.gmtime
    print(fmt, style, formatter.usesTime(), "->", formatter.format(r), formatter._fmt)

for fmt, style in [("no field", "%"), ("%(message)", "%"), ("%(message)5", "%"), ("%(message)-5.3s", "%"), ("%(a b)s", "%"),
                   ("", "%"), ("%%(x)s", "%"), ("%(message)*.*s", "%"), ("%(message)D", "%"), ("%()s", "%"), ("%(x).s", "%"),
                   ("no field", "{"), ("{message", "{"), ("{message!x}", "{"), ("{message:}", "{"), ("{name:&&&}", "{"),
                   ("{}", "{"), ("{0}", "{"), ("{a-b}", "{"), ("{a.b[c]}", "{"), ("{a.}", "{"), ("{a[}", "{"), ("}", "{"),
                   ("{x:{width}.{precision}f}", "{"), ("{x:*<10}", "{"), ("{x:+#010,.3f}", "{"), ("{x:.}", "{"), ("{x!r:10}", "{"),
                   ("{x:d}{y:Z}", "{"), ("{{x}}", "{"), ("no field", "$"), ("$", "$"), ("$$", "$"), ("$x $", "$"), ("$1", "$"),
                   ("${x", "$"), ("${x}", "$"), ("$$$x", "$"), ("x", "?"), ("{message}", "%"), ("%(message)s", "{")]:
    attempt((fmt, style), lambda: logging.Formatter(fmt, style=style)._fmt)
attempt("unchecked", lambda: logging.Formatter("nothing", validate=False).format(record("x")))
attempt("missing", lambda: logging.Formatter("%(nothing)s").format(record("x")))
attempt("missing", lambda: logging.Formatter("{nothing}", style="{").format(record("x")))
attempt("missing", lambda: logging.Formatter("$nothing", style="$").format(record("x")))
attempt("defaults", lambda: logging.Formatter("%(nothing)s %(name)s", defaults={"nothing": 1, "name": 2}).format(record("x")))
attempt("defaults", lambda: logging.Formatter("{nothing}", style="{", defaults={"nothing": 1}).format(record("x")))
attempt("defaults", lambda: logging.Formatter("$nothing", style="$", defaults={"nothing": 1}).format(record("x")))
attempt("arguments", lambda: logging.Formatter().format(record("%d", "x")))
attempt("arguments", lambda: logging.Formatter().format(record("%s %s", "x")))
attempt("arguments", lambda: logging.Formatter().format(record("none", "x")))

# Times.
r = record("x", created=86399.5, msecs=7.0)
formatter = logging.Formatter("%(asctime)s %(message)s", "%d.%m.%Y %H-%M")
formatter.converter = time.gmtime
print(formatter.format(r), r.asctime, r.message)
formatter.datefmt = None
print(formatter.format(r))
formatter.default_msec_format = "%s.%03d!"
print(formatter.format(r), formatter.formatTime(r, "%j"))
formatter.default_msec_format = None
formatter.default_time_format = "%H:%M:%S"
print(formatter.format(r))
now = logging.Formatter("%(asctime)s").format(record("x"))
print("".join("d" if char.isdigit() else char for char in now))

# Exceptions and stacks.
out = logging.StreamHandler(sys.stdout)
log = logging.getLogger("log")
log.addHandler(out)
log.setLevel(10)


def fail():
    raise ValueError("wrong")


try:
    fail()
except ValueError as error:
    kept = error
    log.exception("caught %s", "it")
    log.error("with info", exc_info=True)
    log.info("an exception\n", exc_info=error)
    log.info("a triple", exc_info=sys.exc_info())
    log.exception("without", exc_info=False)
    logging.getLogger("log").debug("debug", exc_info=1)
log.error("none there", exc_info=True)
log.info("later", exc_info=kept)


def show():
    log.info("with the stack", stack_info=True)
    log.info("from above", stack_info=True, stacklevel=2)


show()


class Short(logging.Formatter):
    def formatException(self, ei):
        return f"<<{ei[0].__name__}: {ei[1]}>>"

    def formatStack(self, stack_info):
        return stack_info.splitlines()[0].upper()


out.setFormatter(Short("%(levelname)s %(message)s"))
log.warning("short", exc_info=kept, stack_info=True)

# The report is made once for all handlers.
r = record("x", exc_info=(ValueError, ValueError("first"), None))
print(logging.Formatter().format(r), r.exc_text)
r.exc_text = "kept"
print(logging.Formatter().format(r))
print(logging.BufferingFormatter(logging.Formatter("%(message)s;")).format([record("a"), record("b")]))


class Framed(logging.BufferingFormatter):
    def formatHeader(self, records):
        return f"[{len(records)}:"

    def formatFooter(self, records):
        return "]"


print(Framed().format([record("a"), record("b")]), repr(Framed().format([])))
for switch in ("logThreads", "logMultiprocessing", "logProcesses", "logAsyncioTasks"):
    setattr(logging, switch, False)
r = record("x")
print(r.thread, r.threadName, r.processName, r.process, r.taskName)
