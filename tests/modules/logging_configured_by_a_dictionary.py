# logging.config.dictConfig: formatters, filters, handlers, loggers by a dictionary; references; what is refused.
import io
import logging
import logging.config
import sys

stream = io.StringIO()


def seen():
    text = stream.getvalue()
    stream.seek(0)
    stream.truncate()
    return text.splitlines()


class Upper(logging.Formatter):
    def format(self, record):
        return super().format(record).upper()


class Own(logging.Handler):
    def __init__(self, sign, count=1):
        super().__init__()
        self.sign = sign
        self.count = count

    def emit(self, record):
        stream.write(self.sign * self.count + self.format(record) + "\n")


class NoSecrets(logging.Filter):
    def __init__(self, word="secret"):
        super().__init__()
        self.word = word

    def filter(self, record):
        return self.word not in record.getMessage()


old = logging.getLogger("old")
child = logging.getLogger("shop.till.drawer")
child.setLevel("ERROR")
logging.config.dictConfig({
    "version": 1,
    "formatters": {
        "brief": {"format": "%(levelname)s %(message)s"},
        "full": {"format": "{name}|{levelname}|{message}|{extra}", "style": "{", "defaults": {"extra": "none"}},
        "upper": {"class": "__main__.Upper", "format": "%(message)s"},
        "made": {"()": Upper, "fmt": "made %(message)s"},
    },
    "filters": {"shop": {"name": "shop"}, "secrets": {"()": "__main__.NoSecrets", "word": "hidden"}},
    "handlers": {
        "brief": {"class": "logging.StreamHandler", "formatter": "brief", "stream": stream, "level": "WARNING"},
        "full": {"class": "logging.StreamHandler", "formatter": "full", "stream": "ext://__main__.stream", "filters": ["shop"]},
        "own": {"()": Own, "sign": "*", "count": "cfg://settings.counts[1]", "formatter": "upper", ".": {"note": "attribute"}},
        "memory": {"class": "logging.handlers.MemoryHandler", "capacity": 10, "target": "own", "flushLevel": "ERROR"},
        "null": {"class": "logging.NullHandler"},
    },
    "loggers": {
        "shop": {"level": "DEBUG", "handlers": ["brief", "full"], "filters": ["secrets"]},
        "quiet": {"level": "INFO", "handlers": ["memory"], "propagate": False},
    },
    "root": {"level": "INFO", "handlers": ["null"]},
    "settings": {"counts": [1, 3]},
})
shop, quiet = logging.getLogger("shop"), logging.getLogger("quiet")
shop.debug("one")
shop.warning("two %d", 2)
shop.info("hidden")
child.info("from the child")
logging.getLogger("other").warning("nowhere")
print(seen())
quiet.info("kept")
print(seen())
quiet.error("flushed")
print(seen(), logging.getHandlerByName("own").note, sorted(logging.getHandlerNames()))
print(old.disabled, child.disabled, child.level, shop.disabled, logging.root.level, quiet.propagate, logging.root.handlers)
logging.config.dictConfig({"version": 1, "incremental": True, "handlers": {"brief": {"level": "ERROR"}}, "loggers": {"shop": {"level": "ERROR"}},
                           "root": {"level": "CRITICAL"}})
print(shop.level, logging.root.level, logging.getHandlerByName("brief").level, len(shop.handlers))
logging.config.dictConfig({"version": 1, "disable_existing_loggers": False})
print(shop.disabled, old.disabled)


def refuse(what, config):
    config.setdefault("version", 1)
    if config["version"] is None:
        del config["version"]
    try:
        logging.config.dictConfig(config)
    except Exception as error:
        print(what, "->", type(error).__name__, error, "|", type(error.__cause__).__name__, error.__cause__)
    else:
        print(what, "-> fine")


refuse("no version", {"version": None})
refuse("version", {"version": 2})
refuse("formatter", {"formatters": {"f": {"format": "nothing"}}})
refuse("style", {"formatters": {"f": {"format": "%(message)s", "style": "?"}}})
refuse("handler class", {"handlers": {"h": {"class": "logging.NoSuchHandler"}}})
refuse("handler module", {"handlers": {"h": {"class": "no_such_module.Handler"}}})
refuse("handler without class", {"handlers": {"h": {}}})
refuse("handler level", {"handlers": {"h": {"class": "logging.NullHandler", "level": "LOUD"}}})
refuse("handler formatter", {"handlers": {"h": {"class": "logging.NullHandler", "formatter": "none"}}})
refuse("handler argument", {"handlers": {"h": {"class": "logging.NullHandler", "nonsense": 1}}})
refuse("handler filter", {"handlers": {"h": {"class": "logging.NullHandler", "filters": ["none"]}}})
refuse("logger handler", {"loggers": {"x": {"handlers": ["none"]}}})
refuse("logger level", {"loggers": {"x": {"level": "LOUD"}}})
refuse("root", {"root": {"handlers": ["none"]}})
refuse("incremental", {"incremental": True, "handlers": {"none": {"level": "INFO"}}})
refuse("external", {"handlers": {"h": {"class": "logging.StreamHandler", "stream": "ext://no_such_module.x"}}})
refuse("own filter", {"filters": {"f": {"()": "__main__.NoSecrets", "bad": 1}}})
