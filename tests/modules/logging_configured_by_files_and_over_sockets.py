# gilbox: -A
# logging: configuration by files and over a network, queues and custom classes in dictionaries, records sent over sockets.
import io
import json
import logging
import logging.config
import logging.handlers
import os
import pickle
import queue
import socket
import struct
import sys
import tempfile
import threading
import time

folder = tempfile.mkdtemp()


def attempt(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except Exception as e:
        cause = e.__cause__
        text = str(e).replace(folder, "FOLDER")
        print(type(e).__name__, text, "<-", type(cause).__name__ if cause else None, cause or "")


def close_all():
    for name in list(logging.root.manager.loggerDict):
        del logging.root.manager.loggerDict[name]
    for handler in logging.root.handlers[:]:
        logging.root.removeHandler(handler)
        handler.close()


FILE = """
[loggers]
keys = root, app , quiet

[handlers]
keys=out,memory
; a comment
[formatters]
keys = plain,shown
# another
[logger_root]
level = WARNING
handlers = out

[logger_app]
level=DEBUG
qualname: app.part
propagate = 0
handlers=out, memory

[logger_quiet]
qualname=quiet
handlers=
level=%(quiet_level)s

[handler_out]
class=StreamHandler
formatter=plain
level=NOTSET
args=(sys.stdout,)

[handler_memory]
class = logging.handlers.MemoryHandler
target=out
formatter=shown
args=(2,)
kwargs = {'flushLevel': ERROR,
    'flushOnClose': True}

[formatter_plain]
format=%(levelname)s:%(name)s:%(message)s

[formatter_shown]
format={levelname} {message} {extra}
style={
defaults={'extra': 'given'}
class=logging.Formatter
"""
existing, below = logging.getLogger("existing"), logging.getLogger("app.part.below")
below.addHandler(logging.NullHandler())
logging.config.fileConfig(io.StringIO(FILE), defaults={"quiet_level": "ERROR", "number": 1})
logging.getLogger("app.part").debug("from a file")
logging.getLogger("app.part").error("full")
logging.getLogger("quiet").warning("not shown")
logging.getLogger("quiet").error("shown")
logging.warning("root")
print(existing.disabled, below.disabled, below.handlers, [h.name for h in logging.getLogger("app.part").handlers])
path = os.path.join(folder, "logging.conf")
with open(path, "w") as file:
    file.write(FILE.replace("%(quiet_level)s", "INFO"))
another = logging.getLogger("another")
logging.config.fileConfig(path, disable_existing_loggers=False, encoding="utf-8")
logging.getLogger("quiet").info("of a file by its name")
print(another.disabled, sorted(logging.getHandlerNames()), logging.getHandlerByName("memory").formatter._fmt)
attempt(logging.config.fileConfig, path + "x")
open(path, "w").close()
attempt(logging.config.fileConfig, path)
for text in ("[loggers]\nkeys=root\n", "[loggers]\nkeys=root\n[handlers]\nkeys=\n[formatters]\nkeys=\n",
             "[loggers]\nkeys=root\n[handlers]\nkeys=\n[formatters]\nkeys=\n[logger_root]\nlevel=NOTHING\nhandlers=\n"):
    attempt(logging.config.fileConfig, io.StringIO(text))
close_all()


# Queues, listeners and classes in dictionaries.
class Listener(logging.handlers.QueueListener):
    pass


class Queue(queue.Queue):
    pass


class Half:
    def put_nowait(self, item):
        pass


class Strm(logging.StreamHandler):
    def __init__(self, strm):
        super().__init__(strm)


def with_queue(**more):
    return {
        "version": 1, "disable_existing_loggers": True,
        "real": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "f"},
        "formatters": "cfg://kept.formatters",
        "kept": {"formatters": {"f": {"format": "%(levelname)s %(message)s"}}},
        "handlers": {"out": "cfg://real", "a_queue": {"class": "logging.handlers.QueueHandler", "handlers": ["out"], **more}},
        "root": {"level": "DEBUG", "handlers": ["a_queue"]},
    }


for more in ({}, {"queue": __name__ + ".Queue"}, {"queue": Queue()}, {"queue": {"()": __name__ + ".Queue", "maxsize": 10}},
             {"listener": __name__ + ".Listener", "respect_handler_level": True}, {"listener": Listener},
             {"queue": 4}, {"queue": int}, {"queue": ""}, {"queue": "foo"}, {"queue": {}}, {"queue": Half()},
             {"listener": 4}, {"listener": int}, {"listener": ""}, {"listener": {}}, {"listener": "sys.version"},
             {"handlers": ["nobody"]}):
    done = attempt(lambda: logging.config.dictConfig(with_queue(**more)) or True)
    if done:
        handler = logging.getHandlerByName("a_queue")
        handler.listener.start()
        logging.warning("through a %s", type(handler.queue).__name__)
        handler.listener.stop()
        print(type(handler.listener).__name__, handler.listener.respect_handler_level, len(handler.listener.handlers))
import warnings

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    logging.config.dictConfig({"version": 1, "handlers": {"s": {"class": __name__ + ".Strm", "stream": "ext://sys.stdout"}}})
print([str(w.message) for w in caught], logging.getHandlerByName("s").stream is sys.stdout)
attempt(logging.config.dictConfig, {"version": 1, "handlers": {"s": {"class": "logging.StreamHandler", "9 wrong": True}}})
base = logging.config.BaseConfigurator({"a": {"b": [1, {"c d": 2}], "1": "one", "s": "cfg://a.b[0]"}, "n": [["x"]]})
for value in ("cfg://a.b[1][c d]", "cfg://a[1]", "cfg://a.s", "cfg://n[0][0]", "cfg://nothing", "cfg://!", "cfg://a.b[x",
              "ext://sys.nothing", "ext://nothing.at.all", "other://a"):
    print(value, attempt(base.convert, value))
close_all()

# Records that are sent: over a connection, in a datagram, as text for the system's log.
server = socket.create_server(("localhost", 0))
handler = logging.handlers.SocketHandler("localhost", server.getsockname()[1])
logger = logging.getLogger("sent")
logger.propagate = False
logger.addHandler(handler)
logger.error("over a %s", "connection", extra={"more": [1]})
try:
    1 / 0
except ZeroDivisionError:
    logger.exception("with its traceback")
connection, _ = server.accept()
received = connection.makefile("rb")
for _ in range(2):
    (length,) = struct.unpack(">L", received.read(4))
    record = logging.makeLogRecord(pickle.loads(received.read(length)))
    print(record.name, record.levelname, record.msg, record.args, getattr(record, "more", None), (record.exc_text or "")[-36:])
handler.close()
for opened in (received, connection, server):
    opened.close()
logger.removeHandler(handler)
gone = logging.handlers.SocketHandler("localhost", 1)
gone.closeOnError = True
gone.handle(record)
first = gone.retryTime
gone.handle(record)
print(gone.sock, gone.retryPeriod, gone.retryTime == first, gone.address, handler.port == gone.port)
gone.retryTime = 0
gone.handle(record)
print(gone.retryPeriod)
for where in (("localhost", None), (os.path.join(folder, "datagrams"), None)):
    taker = socket.socket(socket.AF_INET if where[0] == "localhost" else socket.AF_UNIX, socket.SOCK_DGRAM)
    taker.bind(("localhost", 0) if where[0] == "localhost" else where[0])
    handler = logging.handlers.DatagramHandler(where[0], taker.getsockname()[1] if where[0] == "localhost" else None)
    handler.handle(logging.makeLogRecord({"msg": "in a datagram", "levelno": 20}))
    print(pickle.loads(taker.recv(4096)[4:])["msg"], handler.sock.type.name)
    handler.close()
    taker.close()
taker = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
taker.bind(("localhost", 0))
system = logging.handlers.SysLogHandler(taker.getsockname(), facility="daemon")
system.handle(logging.makeLogRecord({"msg": "to the log", "levelname": "ERROR"}))
print(taker.recv(100))
system.ident, system.append_nul, system.facility = "program: ", False, system.LOG_LOCAL7
system.handle(logging.makeLogRecord({"msg": "sp\xe4m", "levelname": "UNKNOWN"}))
print(taker.recv(100), system.encodePriority("cron", "alert"), system.LOG_SOLCRON, system.facility_names["solaris-cron"])
system.close()
taker.close()

# A logger is pickled by its name.
for logger in (logging.getLogger("a.b"), logging.getLogger()):
    for protocol in range(6):
        assert pickle.loads(pickle.dumps(logger, protocol)) is logger
attempt(pickle.dumps, logging.Logger("unknown"))


# Handlers may go while a record is handled, and files may not be opened.
class Leaves(logging.Handler):
    def emit(self, record):
        print(self.name)
        logger.removeHandler(self)


logger = logging.Logger("leaving")
for name in ("first", "second", "third"):
    handler = Leaves()
    handler.name = name
    logger.addHandler(handler)
logger.error("x")
logging.raiseExceptions = False
logging.FileHandler(os.path.join(folder, "missing", "file"), delay=True).handle(record)

# A server of configurations.
server = logging.config.listen(0, verify=lambda content: None if content == b"no" else content)
server.start()
server.ready.wait()


def tell(text):
    server.ready.clear()
    with socket.create_connection(("localhost", server.port)) as connection:
        connection.sendall(struct.pack(">L", len(text)) + text)
        server.ready.wait()


tell(json.dumps({"version": 1, "handlers": {"h": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout"}},
                 "root": {"handlers": ["h"]}}).encode())
logging.error("configured from afar")
tell(b"no")
tell(FILE.replace("%(quiet_level)s", "INFO").encode())
logging.error("and by a file from afar")
logging.config.stopListening()
server.join()
print(type(server).__mro__[1:], logging.config.DEFAULT_LOGGING_CONFIG_PORT, logging.handlers.SYSLOG_TCP_PORT)
close_all()
