"""Logging configured by a dictionary; by files and over a network, in `_files` and `_listening`."""

import logging
import logging.handlers
import re

_EXTERNAL = "ext://"
_INTERNAL = "cfg://"


def _resolve(name):
    """What a dotted name names; modules on the way are imported."""
    parts = name.split(".")
    used = parts.pop(0)
    found = __import__(used)
    for part in parts:
        used += "." + part
        try:
            found = getattr(found, part)
        except AttributeError:
            __import__(used)
            found = getattr(found, part)
    return found


def _clear_handlers():
    """Close all handlers that there are."""
    logging._handlers.clear()
    logging.shutdown(logging._handlerList[:])
    del logging._handlerList[:]


def _leave_others(existing, configured, disable):
    """Disable the loggers that existed and are not configured, unless they are below one that is."""
    loggers = logging.root.manager.loggerDict
    for name in existing.difference(configured):
        logger = loggers[name]
        if not any(name.startswith(above + ".") for above in configured):
            logger.disabled = disable
        elif not isinstance(logger, logging.PlaceHolder):
            logger.setLevel(logging.NOTSET)
            logger.handlers = []
            logger.propagate = True


def _checked(options):
    """The options of an entry by which something is called; ValueError for one that cannot be a keyword."""
    for name in options:
        if not re.match("(?i)[a-z_][a-z0-9_]*$", name):
            raise ValueError(f"Not a valid Python identifier: {name!r}")
    return options


class BaseConfigurator:
    """What a configuration consists of: texts that refer to others or to objects, and factories."""

    def __init__(self, config):
        self.config = config

    def resolve(self, s):
        """What a dotted name names."""
        try:
            return _resolve(s)
        except ImportError as problem:
            raise ValueError(f"Cannot resolve {s!r}: {problem}") from problem

    def _class(self, entry):
        """The class of an entry, given itself or by its name."""
        name = entry.get("class")
        return name if callable(name) else self.resolve(name)

    def convert(self, value):
        """A value with what its texts refer to: ext://module.name, cfg://key.key[item]."""
        if isinstance(value, dict):
            return {key: self.convert(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.convert(item) for item in value]
        if isinstance(value, tuple) and not hasattr(value, "_fields"):
            return tuple(self.convert(item) for item in value)
        if isinstance(value, str):
            if value.startswith(_EXTERNAL):
                return self.resolve(value[len(_EXTERNAL):])
            if value.startswith(_INTERNAL):
                return self._internal(value[len(_INTERNAL):])
        return value

    def _internal(self, path):
        """What a path names in the configuration itself."""
        first = re.match(r"\s*(\w+)\s*", path)
        if first is None:
            raise ValueError(f"Unable to convert {path!r}")
        found, rest = self.config[first[1]], path[first.end():]
        while rest:
            step = re.match(r"\.\s*(\w+)\s*|\[([^\[\]]*)\]\s*", rest)
            if step is None:
                raise ValueError(f"Unable to convert {path!r} at {rest!r}")
            found, rest = self._item(self._reached(found), step), rest[step.end():]
        return self.convert(found)

    def _item(self, found, step):
        """An item of a part of the configuration; a number in brackets is an index, or else a key like any other."""
        name, key = step.groups()
        if name is None and key.isdigit():
            try:
                return found[int(key)]
            except TypeError:
                pass
        return found[key if name is None else name]

    def _reached(self, value):
        """A part of the configuration, which may stand elsewhere in it; what it consists of is converted when it is used."""
        return self.convert(value) if isinstance(value, str) else value

    def _custom(self, config):
        """What a factory makes of the rest of its entry; "." holds attributes to set."""
        config = dict(config)
        factory = config.pop("()")
        if not callable(factory):
            factory = self.resolve(factory)
        attributes = config.pop(".", None)
        made = factory(**{key: self.convert(value) for key, value in _checked(config).items()})
        for name, value in (attributes or {}).items():
            setattr(made, name, self.convert(value))
        return made


class DictConfigurator(BaseConfigurator):
    """Makes what a dictionary describes."""

    def configure(self):
        """Do it."""
        config = self.config
        if "version" not in config:
            raise ValueError("dictionary doesn't specify a version")
        if config["version"] != 1:
            raise ValueError(f"Unsupported version: {config['version']}")
        with logging._lock:
            if config.get("incremental", False):
                self._configure_levels(config)
            else:
                self._configure_all(config)

    def _configure_levels(self, config):
        """Change levels of what there is, and nothing else."""
        for name, entry in config.get("handlers", {}).items():
            if name not in logging._handlers:
                raise ValueError(f"No handler found with name {name!r}")
            try:
                level = entry.get("level")
                if level:
                    logging._handlers[name].setLevel(logging._checkLevel(level))
            except Exception as problem:
                raise ValueError(f"Unable to configure handler {name!r}") from problem
        for name, entry in config.get("loggers", {}).items():
            self._logger(name, entry, incremental=True)
        if config.get("root"):
            self._root(config["root"], incremental=True)

    def _configure_all(self, config):
        _clear_handlers()
        self._formatters = self._each(config, "formatters", "formatter", self._formatter)
        self._filters = self._each(config, "filters", "filter", self._filter)
        self._handlers = self._all_handlers(config)
        self._all_loggers(config)
        if config.get("root"):
            self._root(self._reached(config["root"]))

    def _each(self, config, kind, word, make):
        made = {}
        for name, entry in self._reached(config.get(kind, {})).items():
            try:
                made[name] = make(self._reached(entry))
            except Exception as problem:
                raise ValueError(f"Unable to configure {word} {name!r}") from problem
        return made

    def _formatter(self, entry):
        if "()" in entry:
            factory = entry["()"]
            try:
                return self._custom(entry)
            except TypeError as problem:
                # Old factories take fmt where the configuration says format.
                if "'format'" not in str(problem):
                    raise
                entry = dict(entry)
                entry["fmt"] = entry.pop("format")
                entry["()"] = factory
                return self._custom(entry)
        cls = self._class(entry) if entry.get("class") else logging.Formatter
        args = [entry.get("format"), entry.get("datefmt"), entry.get("style", "%")]
        if "validate" in entry:
            args.append(entry["validate"])
        more = {"defaults": self.convert(entry["defaults"])} if "defaults" in entry else {}
        return cls(*args, **more)

    def _filter(self, entry):
        return self._custom(entry) if "()" in entry else logging.Filter(entry.get("name", ""))

    def _all_handlers(self, config):
        """The handlers; those that need others come after these."""
        made, left = {}, sorted(self._reached(config.get("handlers", {})).items())
        last = False
        while left:
            later = []
            for name, entry in left:
                try:
                    entry = self._reached(entry)
                    needed = self._needed_handlers(entry)
                    if not last and any(other not in made for other in needed):
                        later.append((name, entry))
                        continue
                    handler = self._handler(entry, made)
                    handler.name = name
                    made[name] = handler
                except Exception as problem:
                    raise ValueError(f"Unable to configure handler {name!r}") from problem
            # What waits for itself is tried, so that its error is told.
            last = len(later) == len(left)
            left = later
        return made

    def _needed_handlers(self, entry):
        needed = [entry["target"]] if isinstance(entry.get("target"), str) else []
        return needed + [name for name in entry.get("handlers", ()) if isinstance(name, str)]

    def _handler(self, entry, made):
        entry = dict(entry)
        formatter = entry.pop("formatter", None)
        if formatter:
            try:
                formatter = self._formatters[formatter]
            except Exception as problem:
                raise ValueError(f"Unable to set formatter {formatter!r}") from problem
        level = entry.pop("level", None)
        filters = entry.pop("filters", None)
        if "()" in entry:
            handler = self._custom(entry)
        else:
            handler = self._handler_of_class(entry, made)
        if formatter:
            handler.setFormatter(formatter)
        if level is not None:
            handler.setLevel(logging._checkLevel(level))
        if filters:
            self._add_filters(handler, filters)
        return handler

    def _handler_of_class(self, entry, made):
        cls = self._class(entry)
        entry.pop("class", None)
        attributes = entry.pop(".", None)
        factory = cls
        if issubclass(cls, logging.handlers.MemoryHandler):
            self._prepare_memory(entry, made)
        elif issubclass(cls, logging.handlers.QueueHandler):
            factory = self._queue_factory(cls, entry, made)
        elif issubclass(cls, logging.handlers.SysLogHandler) and isinstance(entry.get("address"), list):
            entry["address"] = tuple(entry["address"])
        values = {key: self.convert(value) for key, value in _checked(entry).items()}
        try:
            handler = factory(**values)
        except TypeError as problem:
            if "'stream'" not in str(problem):
                raise
            values["strm"] = values.pop("stream")
            handler = factory(**values)
            import warnings
            warnings.warn("Support for custom logging handlers with the 'strm' argument is deprecated and scheduled for "
                          "removal in Python 3.16. Define handlers with the 'stream' argument instead.",
                          DeprecationWarning, stacklevel=2)
        for name, value in (attributes or {}).items():
            setattr(handler, name, self.convert(value))
        return handler

    def _prepare_memory(self, entry, made):
        if "flushLevel" in entry:
            entry["flushLevel"] = logging._checkLevel(entry["flushLevel"])
        if "target" in entry:
            target = self.convert(entry["target"])
            try:
                entry["target"] = self._made(made, target, "target not configured yet")
            except Exception as problem:
                raise ValueError(f"Unable to set target handler {target!r}") from problem

    def _made(self, made, name, otherwise):
        """A handler that is to be there before another."""
        if name not in made and name in self._reached(self.config.get("handlers", {})):
            raise TypeError(otherwise)
        return made[name]

    def _queue_factory(self, cls, entry, made):
        """What makes a handler with a queue, and with what listens to it."""
        if "queue" in entry:
            queue = self._queue(self.convert(entry.pop("queue")))
        else:
            from queue import Queue
            queue = Queue()
        listener = logging.handlers.QueueListener
        if "listener" in entry:
            listener = self._listener(self.convert(entry.pop("listener")))
        handlers = []
        for name in self.convert(entry.pop("handlers", ())):
            try:
                handlers.append(self._made(made, name, f"Required handler {name!r} is not configured yet"))
            except Exception as problem:
                raise ValueError(f"Unable to set required handler {name!r}") from problem
        respect = entry.pop("respect_handler_level", False)

        def make(**values):
            handler = cls(queue, **values)
            handler.listener = listening
            return handler
        listening = listener(queue, *handlers, respect_handler_level=respect)
        return make

    def _queue(self, wanted):
        """A queue: one that is given, or what a function, given by its name, or a factory makes."""
        if isinstance(wanted, str):
            found = self.resolve(wanted)
            if callable(found):
                return found()
        elif isinstance(wanted, dict):
            if "()" in wanted:
                return self._custom(wanted)
        elif all(callable(getattr(wanted, method, None)) for method in ("put_nowait", "get")):
            return wanted
        raise TypeError(f"Invalid queue specifier {wanted!r}")

    def _listener(self, wanted):
        """What makes a listener: a class that is given, something callable by its name, or what a factory makes."""
        found = wanted
        if isinstance(wanted, str):
            found = self.resolve(wanted)
        elif isinstance(wanted, dict):
            found = self._custom(wanted) if "()" in wanted else None
        elif not isinstance(wanted, type):
            found = None
        if not callable(found) or isinstance(found, type) and not issubclass(found, logging.handlers.QueueListener):
            raise TypeError(f"Invalid listener specifier {wanted!r}")
        return found

    def _all_loggers(self, config):
        """Configure loggers; others that exist are disabled, unless they are below a configured one."""
        existing = set(logging.root.manager.loggerDict)
        configured = self._reached(config.get("loggers", {}))
        for name, entry in configured.items():
            self._logger(name, self._reached(entry))
        _leave_others(existing, configured, config.get("disable_existing_loggers", True))

    def _logger(self, name, entry, incremental=False):
        try:
            logger = logging.getLogger(name)
            self._common(logger, entry, incremental)
            logger.disabled = False
            propagate = entry.get("propagate", None)
            if propagate is not None:
                logger.propagate = propagate
        except Exception as problem:
            raise ValueError(f"Unable to configure logger {name!r}") from problem

    def _root(self, entry, incremental=False):
        try:
            self._common(logging.getLogger(), entry, incremental)
        except Exception as problem:
            raise ValueError("Unable to configure root logger") from problem

    def _common(self, logger, entry, incremental):
        level = entry.get("level", None)
        if level is not None:
            logger.setLevel(logging._checkLevel(level))
        if incremental:
            return
        for handler in logger.handlers[:]:
            logger.removeHandler(handler)
        for name in entry.get("handlers") or ():
            try:
                logger.addHandler(self._handlers[name])
            except Exception as problem:
                raise ValueError(f"Unable to add handler {name!r}") from problem
        if entry.get("filters"):
            self._add_filters(logger, entry["filters"])

    def _add_filters(self, filterer, filters):
        for name in filters:
            try:
                usable = callable(name) or callable(getattr(name, "filter", None))
                filterer.addFilter(name if usable else self._filters[name])
            except Exception as problem:
                raise ValueError(f"Unable to add filter {name!r}") from problem


dictConfigClass = DictConfigurator


def dictConfig(config):
    """Configure logging using a dictionary."""
    dictConfigClass(config).configure()


DEFAULT_LOGGING_CONFIG_PORT = 9030

from logging._files import fileConfig


def listen(port=DEFAULT_LOGGING_CONFIG_PORT, verify=None):
    """A thread that, once started, takes configurations at a port of this machine."""
    from logging import _listening
    return _listening.Server(port, verify)


def stopListening():
    """Stop what takes configurations."""
    from logging import _listening
    _listening.stop()
