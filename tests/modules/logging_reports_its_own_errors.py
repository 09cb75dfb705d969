# What goes wrong in a handler is told on standard error and the program goes on.
import logging
import sys

log = logging.getLogger("log")
log.warning("no handler: the last resort")
log.info("below its level")
logging.getLogger("a").error("also %s", "here")
log.addHandler(logging.StreamHandler(sys.stdout))


def wrong():
    log.warning("%d things", "many")


wrong()
log.warning("too", 1, 2)


class Unprintable:
    def __repr__(self):
        raise RuntimeError("no repr")

    __str__ = __repr__


log.warning("%s", Unprintable())


class Failing(logging.Handler):
    def emit(self, record):
        try:
            1 / 0
        except Exception:
            self.handleError(record)


log.handlers[:] = [Failing()]
log.warning("to a failing handler")
logging.raiseExceptions = False
log.warning("silently")
log.log("level", "ignored")
logging.raiseExceptions = True
logging.lastResort = None
logging.getLogger("nobody").warning("once")
logging.getLogger("nobody").warning("twice")
logging.warning("root gets a handler")
logging.warn("deprecated")
logging.getLogger("b").warn("deprecated, too")
logging.shutdown()
print("done")
