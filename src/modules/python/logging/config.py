"""Logging configured by a dictionary.

Configuration by files and over a network is absent: gilbox has neither their parser nor their server.
"""

import logging
import logging.handlers

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


class DictConfigurator:
    """Makes what a dictionary describes."""

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
        found, rest = self.config, "." + path
        while rest:
            if rest[0] == ".":
                end = min((at for at in (rest.find(".", 1), rest.find("[", 1)) if at > 0), default=len(rest))
                found, rest = found[rest[1:end]], rest[end:]
            elif rest[0] == "[" and "]" in rest:
                key, _, rest = rest[1:].partition("]")
                found = found[int(key)] if key.isdigit() and not (isinstance(found, dict) and key in found) else \
                    found[key]
            else:
                raise ValueError(f"Unable to convert {path!r} at {rest!r}")
        return self.convert(found)

    def _custom(self, config):
        """What a factory makes of the rest of its entry; "." holds attributes to set."""
        config = dict(config)
        factory = config.pop("()")
        if not callable(factory):
            factory = self.resolve(factory)
        attributes = config.pop(".", None)
        made = factory(**{key: self.convert(value) for key, value in config.items() if key.isidentifier()})
        for name, value in (attributes or {}).items():
            setattr(made, name, self.convert(value))
        return made

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
        logging._handlers.clear()
        logging.shutdown(logging._handlerList[:])
        del logging._handlerList[:]
        self._formatters = self._each(config, "formatters", "formatter", self._formatter)
        self._filters = self._each(config, "filters", "filter", self._filter)
        self._handlers = self._all_handlers(config)
        self._all_loggers(config)
        if config.get("root"):
            self._root(config["root"])

    def _each(self, config, kind, word, make):
        made = {}
        for name, entry in config.get(kind, {}).items():
            try:
                made[name] = make(entry)
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
        made, left = {}, sorted(config.get("handlers", {}).items())
        last = False
        while left:
            later = []
            for name, entry in left:
                try:
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
        if issubclass(cls, logging.handlers.MemoryHandler):
            if "flushLevel" in entry:
                entry["flushLevel"] = logging._checkLevel(entry["flushLevel"])
            if "target" in entry:
                try:
                    entry["target"] = made[entry["target"]]
                except Exception as problem:
                    raise ValueError(f"Unable to set target handler {entry['target']!r}") from problem
        listener = None
        if issubclass(cls, logging.handlers.QueueHandler):
            listener = self._listener(entry, made)
        values = {key: self.convert(value) for key, value in entry.items() if key.isidentifier()}
        try:
            handler = cls(**values)
        except TypeError as problem:
            # Some call their stream strm.
            if "'stream'" not in str(problem):
                raise
            values["strm"] = values.pop("stream")
            handler = cls(**values)
        if listener is not None:
            listener_class, handlers, respect = listener
            handler.listener = listener_class(handler.queue, *handlers, respect_handler_level=respect)
        for name, value in (attributes or {}).items():
            setattr(handler, name, self.convert(value))
        return handler

    def _listener(self, entry, made):
        """What listens to the queue of a handler; the queue is made, if it is not given."""
        queue = self.convert(entry.get("queue"))
        if queue is None:
            from queue import Queue
            queue = Queue()
        elif isinstance(queue, str):
            queue = self.resolve(queue)()
        elif isinstance(queue, dict):
            queue = self._custom(queue)
        entry["queue"] = queue
        handlers = [made[name] for name in entry.pop("handlers", ())]
        respect = entry.pop("respect_handler_level", False)
        listener = self.convert(entry.pop("listener", None)) or logging.handlers.QueueListener
        if isinstance(listener, str):
            listener = self.resolve(listener)
        return (listener, handlers, respect) if handlers else None

    def _all_loggers(self, config):
        """Configure loggers; others that exist are disabled, unless they are below a configured one."""
        root = logging.root
        existing = set(root.manager.loggerDict)
        configured = config.get("loggers", {})
        below = {name for name in existing if any(name.startswith(above + ".") for above in configured)}
        for name, entry in configured.items():
            self._logger(name, entry)
        disable = config.get("disable_existing_loggers", True)
        for name in existing - set(configured):
            logger = root.manager.loggerDict[name]
            if isinstance(logger, logging.PlaceHolder):
                continue
            if name in below:
                logger.setLevel(logging.NOTSET)
                logger.handlers = []
                logger.propagate = True
            else:
                logger.disabled = disable

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
