# Loggers in their tree, levels, handlers, filters, adapters, basicConfig; who said it and from where.
import io
import logging
import sys
import threading
import warnings


class Stream(io.StringIO):
    name = "stream"


def attempt(what, action):
    try:
        print(what, "->", repr(action()))
    except Exception as error:
        print(what, "->", type(error).__name__, error)


# Levels and their names.
print(logging.DEBUG, logging.INFO, logging.WARN, logging.WARNING, logging.ERROR, logging.FATAL, logging.CRITICAL)
print(logging.getLevelName(20), logging.getLevelName("INFO"), logging.getLevelName(25), logging.getLevelName("no"))
logging.addLevelName(25, "NOTICE")
print(logging.getLevelName(25), logging.getLevelName("NOTICE"), logging.getLevelNamesMapping())

# The tree.
root = logging.getLogger()
print(root, root is logging.root, root is logging.getLogger("root"), logging.getLogger("") is root)
deep = logging.getLogger("a.b.c")
print(deep, deep.parent, logging.getLogger("a.b.c") is deep, sorted(logging.root.manager.loggerDict))
print(type(logging.root.manager.loggerDict["a.b"]).__name__)
middle = logging.getLogger("a.b")
print(deep.parent is middle, middle.parent is root, logging.getLogger("a") is middle.parent, deep.getChild("d").name)
print(root.getChildren() == {logging.getLogger("a")}, sorted(l.name for l in middle.getChildren()), root.getChild("x").name)
middle.setLevel("ERROR")
print(deep.getEffectiveLevel(), deep.isEnabledFor(30), deep.isEnabledFor(40), middle.level, deep.level, repr(deep))
middle.setLevel(logging.NOTSET)
attempt("level", lambda: logging.getLogger("a").setLevel("LOUD"))
attempt("level", lambda: logging.getLogger("a").setLevel(2.5))
attempt("level", lambda: logging.Handler([]))
attempt("name", lambda: logging.getLogger(3))
attempt("class", lambda: logging.setLoggerClass(int))
attempt("log", lambda: root.log("INFO", "x"))
attempt("emit", lambda: logging.Handler().emit(None))
attempt("reduce", lambda: deep.__reduce__()[1])
attempt("reduce", lambda: root.__reduce__()[1])

# Handlers and their levels.
stream = Stream()
handler = logging.StreamHandler(stream)
print(handler, handler.level, handler.name, handler.formatter, logging.StreamHandler(io.StringIO()), logging.NullHandler())
handler.setFormatter(logging.Formatter("%(name)s|%(levelname)s|%(filename)s|%(module)s|%(funcName)s|%(message)s"))
log = logging.getLogger("shop")
log.addHandler(handler)
log.addHandler(handler)
print(log.handlers == [handler], log.hasHandlers(), logging.getLogger("shop.till").hasHandlers(), root.hasHandlers())
log.setLevel(logging.DEBUG)


def function():
    log.debug("debug %s", 1)
    log.info("info %d %r", 2, "two")
    log.warning("warning %(x)s and %(y)s", {"x": 3, "y": 4})
    log.error("error 100%")
    log.critical("critical %s", (5,))
    log.fatal("fatal")
    log.log(25, "notice")
    log.log(5, "not seen")
    log.info("an empty dict: %s", {})
    log.info({"not": "text"})
    logging.getLogger("shop.till").info("from below")


function()
(lambda: log.info("in a lambda"))()


class Class:
    def method(self):
        log.info("in a method")
        self.deeper()

    def deeper(self):
        log.info("called by", stacklevel=2)
        log.info("called by the caller of", stacklevel=3)
        log.info("as far as it goes", stacklevel=99)


Class().method()
print(stream.getvalue(), end="")


def seen():
    text = stream.getvalue()
    stream.seek(0)
    stream.truncate()
    return text.rstrip("\n")


seen()
handler.setLevel("WARNING")
handler.setFormatter(None)
log.info("no")
log.warning("yes")
print(seen())
handler.setLevel(0)
logging.disable(logging.ERROR)
log.error("no")
log.critical("yes")
print(seen(), root.manager.disable, log.isEnabledFor(40))
logging.disable(logging.NOTSET)
log.disabled = True
log.critical("no")
log.disabled = False
print(repr(seen()), log.isEnabledFor(10))
handler.terminator = "$"
log.info("end")
print(repr(stream.getvalue()))
seen()
handler.terminator = "\n"

# Propagation.
above, above_stream = logging.getLogger("top"), Stream()
above.addHandler(logging.StreamHandler(above_stream))
below = logging.getLogger("top.low")
below.warning("up it goes")
below.propagate = False
below.addHandler(logging.NullHandler())
below.warning("it stays")
print(repr(above_stream.getvalue()), below.hasHandlers())

# Filters: objects, functions, and records in the place of others.
only = logging.Filter("shop.till")
for name in ("shop", "shop.till", "shop.till.x", "shop.tillx", "other"):
    print(name, only.filter(logging.makeLogRecord({"name": name})), end="; ")
print(logging.Filter().filter(logging.makeLogRecord({})), repr(only.name))
handler.addFilter(only)
log.info("filtered out")
logging.getLogger("shop.till").info("let through")
handler.removeFilter(only)
print(seen(), handler.filters)


def shout(record):
    record.msg = str(record.msg).upper()
    return True


def replace(record):
    return logging.makeLogRecord({"msg": "instead of " + record.msg, "name": "new", "levelname": "X"})


log.addFilter(shout)
log.info("quiet please")
log.removeFilter(shout)
handler.addFilter(replace)
log.info("that")
handler.removeFilter(replace)
log.addFilter(lambda record: "secret" not in record.getMessage())
log.info("a secret")
log.info("nothing hidden")
log.filters.clear()
print(seen())

# Adapters.
handler.setFormatter(logging.Formatter("%(message)s [%(user)s %(funcName)s]", defaults={"user": "nobody"}))
adapter = logging.LoggerAdapter(log, {"user": "ann"})


class Prefix(logging.LoggerAdapter):
    def process(self, msg, kwargs):
        return f"<{self.extra['user']}> {msg}", kwargs


log.info("plain")
log.info("extra", extra={"user": "bob"})
adapter.info("adapted %d", 1)
adapter.warning("extra is replaced", extra={"user": "eve"})
logging.LoggerAdapter(log, {"user": "ann"}, merge_extra=True).info("merged", extra={"user": "eve", "more": 1})
Prefix(log, {"user": "cy"}).error("hello")
Prefix(adapter, {"user": "dee"}).critical("twice")
adapter.log(25, "level")
print(seen())
print(adapter, adapter.name, adapter.isEnabledFor(10), adapter.getEffectiveLevel(), adapter.hasHandlers())
for bad in ("message", "asctime", "name", "levelno", "thread"):
    attempt("extra", lambda: log.info("x", extra={bad: 1}))

# basicConfig and the functions of the module.
stream = Stream()
logging.basicConfig(stream=stream, level="DEBUG")
print(root, root.handlers, root.level)
logging.debug("d")
logging.info("i %s", 1)
logging.warning("w")
logging.error("e")
logging.critical("c")
logging.fatal("f")
logging.log(25, "n")
print(seen())
logging.basicConfig(stream=sys.stdout, level="ERROR")
print(root.level, len(root.handlers))
logging.basicConfig(stream=stream, format="{levelname:>8}|{message}", style="{", force=True, level=logging.INFO)
logging.info("braces")
logging.basicConfig(stream=stream, format="$levelname ${message}", style="$", datefmt="%Y", force=True)
logging.info("dollars")
print(seen())
attempt("basicConfig", lambda: logging.basicConfig(stream=stream, handlers=[], force=True))
attempt("basicConfig", lambda: logging.basicConfig(stream=stream, filename="x", force=True))
attempt("basicConfig", lambda: logging.basicConfig(style="!", force=True))
attempt("basicConfig", lambda: logging.basicConfig(nonsense=1, other=2, force=True))
attempt("basicConfig", lambda: logging.basicConfig(level="NONSENSE", force=True))
own = logging.StreamHandler(stream)
own.setFormatter(logging.Formatter("own %(message)s"))
logging.basicConfig(handlers=[own, logging.StreamHandler(stream)], force=True, level=10)
logging.info("both")
print(seen())

# Threads by name.
logging.basicConfig(stream=stream, format="%(threadName)s %(processName)s %(message)s", force=True)
main = threading.get_ident()
records = []


class Keep(logging.Handler):
    def emit(self, record):
        records.append(record)


root.addHandler(Keep())
threads = [threading.Thread(target=logging.warning, args=("hello from %d", n), name=f"worker-{n}") for n in range(3)]
for thread in threads:
    thread.start()
    thread.join()
logging.warning("and from here")
print(seen(), [record.thread == main for record in records], records[0].thread == threads[0].ident)

# Names of handlers.
named = Keep()
named.name = "keeper"
print(named.get_name(), logging.getHandlerByName("keeper") is named, "keeper" in logging.getHandlerNames(), named)
named.set_name("other")
print(logging.getHandlerByName("keeper"), logging.getHandlerByName("other") is named)
named.close()
print(logging.getHandlerByName("other"))

# Another class of loggers, another factory of records.
class Shouting(logging.Logger):
    def info(self, msg, *args, **kwargs):
        super().info(msg.upper(), *args, **kwargs)


logging.setLoggerClass(Shouting)
print(logging.getLoggerClass().__name__, logging.getLogger("loud"))
logging.setLoggerClass(logging.Logger)
make = logging.getLogRecordFactory()
print(make is logging.LogRecord)


def factory(*args, **kwargs):
    record = make(*args, **kwargs)
    record.answer = 42
    return record


logging.setLogRecordFactory(factory)
logging.basicConfig(stream=stream, format="%(answer)d %(message)s %(funcName)s", force=True, level=10)
logging.getLogger("loud").info("shouted")
logging.setLogRecordFactory(make)
print(seen())

# Warnings become records.
logging.basicConfig(stream=stream, format="%(name)s %(levelname)s %(message)s", force=True)
logging.captureWarnings(True)
warnings.warn("careful")
logging.captureWarnings(False)
print(seen().replace(__file__, "FILE"))

# A handler may be changed for another stream.
first, second = Stream(), Stream()
handler = logging.StreamHandler(first)
print(handler.setStream(first), handler.setStream(second) is first, handler.stream is second)
print(type(logging.lastResort).__name__, logging.lastResort.level, logging.lastResort.stream is sys.stderr)
print(logging.StreamHandler[int], logging.LoggerAdapter[int])
print([name for name in logging.__all__ if not hasattr(logging, name)])
