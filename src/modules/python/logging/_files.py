"""Logging configured by a file of sections, as `configparser` reads them, of which there is a small reader here."""

import logging.config
import os
import re

_HEADER = re.compile(r"\[(.+)\]")
_REFERENCE = re.compile(r"%(?:(%)|\(([^)]+)\)s)?")


class _Section:
    """The options of a section, and those of all sections; texts refer to others as %(name)s."""

    def __init__(self, options, shared):
        self.options = {**shared, **options}

    def __contains__(self, name):
        return name in self.options

    def __getitem__(self, name):
        return self._expanded(self.options[name], name, 10)

    def get(self, name, default=None):
        return self[name] if name in self.options else default

    def getint(self, name, fallback):
        return int(self[name]) if name in self.options else fallback

    def _expanded(self, text, name, depth):
        def replaced(found):
            if found[1]:
                return "%"
            if found[2] is None:
                raise RuntimeError(f"'%' must be followed by '%' or '(', found: {text[found.start():]!r}")
            other = found[2].lower()
            if depth == 0 or other not in self.options:
                raise RuntimeError(f"Bad value substitution: option {name!r} refers to {other!r}: {text!r}")
            return self._expanded(self.options[other], other, depth - 1)
        return _REFERENCE.sub(replaced, text)


class _Sections:
    """What stands in a file of sections."""

    def __init__(self, lines, source, defaults):
        self.shared = {name.lower(): str(value) for name, value in (defaults or {}).items()}
        self.sections = {}
        self._read(lines, source)

    def _read(self, lines, source):
        options, name, problems = None, None, []
        for number, line in enumerate(lines, 1):
            text = line.strip()
            if not text or text[0] in "#;":
                continue
            if header := _HEADER.match(text):
                if header[1] in self.sections:
                    raise RuntimeError(f"While reading from {source!r} [line {number:2}]: section {header[1]!r} already exists")
                options = self.shared if header[1] == "DEFAULT" else self.sections.setdefault(header[1], {})
                name = None
            elif options is None:
                raise RuntimeError(f"File contains no section headers.\nfile: {source!r}, line: {number}\n{line!r}")
            elif name is not None and line[:1].isspace():
                options[name] += "\n" + text
            else:
                name, mark, value = re.match(r"(.*?)\s*(?:([=:])\s*(.*))?$", text).groups()
                name = name.lower()
                if not mark or not name:
                    problems.append(f"\n\t[line {number:2}]: {line!r}")
                    name = None
                else:
                    options[name] = value
        if problems:
            raise RuntimeError(f"Source contains parsing errors: {source!r}{''.join(problems)}")

    def __getitem__(self, name):
        return _Section(self.sections[name], self.shared)

    def get(self, section, name, *, raw, fallback):
        """An option as it stands there."""
        return self[section].options.get(name, fallback) if section in self.sections else fallback


def _sections(fname, defaults, encoding):
    if isinstance(fname, str):
        if not os.path.exists(fname):
            raise FileNotFoundError(f"{fname} doesn't exist")
        if not os.path.getsize(fname):
            raise RuntimeError(f"{fname} is an empty file")
    if hasattr(fname, "has_section"):
        # The program has a parser of its own.
        return fname
    try:
        if hasattr(fname, "readline"):
            return _Sections(fname, getattr(fname, "name", "<???>"), defaults)
        with open(fname, encoding=encoding) as file:
            return _Sections(file, os.fspath(fname), defaults)
    except RuntimeError as problem:
        raise RuntimeError(f"{fname} is invalid: {problem}") from None


def _names(text):
    """What stands between commas."""
    return [name.strip() for name in text.split(",")] if text else []


def _evaluated(text):
    """What an expression gives among the names of logging."""
    return eval(text, vars(logging))


def _formatter(sections, name):
    section = f"formatter_{name}"
    given = [sections.get(section, option, raw=True, fallback=fallback)
             for option, fallback in (("format", None), ("datefmt", None), ("style", "%"))]
    defaults = sections.get(section, "defaults", raw=True, fallback=None)
    cls = sections[section].get("class")
    cls = logging.config._resolve(cls) if cls else logging.Formatter
    return cls(*given) if defaults is None else cls(*given, defaults=_evaluated(defaults))


def _handler(section, name, formatters):
    cls = section["class"]
    try:
        cls = _evaluated(cls)
    except (AttributeError, NameError):
        cls = logging.config._resolve(cls)
    handler = cls(*_evaluated(section.get("args", "()")), **_evaluated(section.get("kwargs", "{}")))
    handler.name = name
    if "level" in section:
        handler.setLevel(section["level"])
    formatter = section.get("formatter", "")
    if formatter:
        handler.setFormatter(formatters[formatter])
    return handler


def _handlers(sections, formatters):
    made, targets = {}, []
    for name in _names(sections["handlers"]["keys"]):
        section = sections[f"handler_{name}"]
        made[name] = _handler(section, name, formatters)
        if isinstance(made[name], logging.handlers.MemoryHandler) and section.get("target", ""):
            targets.append((made[name], section["target"]))
    for handler, target in targets:
        handler.setTarget(made[target])
    return made


def _set_up(logger, section, handlers):
    """Give a logger the level and the handlers of its section, in place of those that it has."""
    if "level" in section:
        logger.setLevel(section["level"])
    for handler in logger.handlers[:]:
        logger.removeHandler(handler)
    for name in _names(section["handlers"]):
        logger.addHandler(handlers[name])


def _loggers(sections, handlers, disable):
    names = _names(sections["loggers"]["keys"])
    names.remove("root")
    _set_up(logging.root, sections["logger_root"], handlers)
    configured = []
    existing = set(logging.root.manager.loggerDict)
    for name in names:
        section = sections[f"logger_{name}"]
        configured.append(section["qualname"])
        logger = logging.getLogger(section["qualname"])
        logger.propagate = section.getint("propagate", fallback=1)
        logger.disabled = False
        _set_up(logger, section, handlers)
    logging.config._leave_others(existing, configured, disable)


def fileConfig(fname, defaults=None, disable_existing_loggers=True, encoding=None):
    """Configure logging by a file of sections."""
    sections = _sections(fname, defaults, encoding)
    formatters = {name: _formatter(sections, name) for name in _names(sections["formatters"]["keys"])}
    with logging._lock:
        logging.config._clear_handlers()
        _loggers(sections, _handlers(sections, formatters), disable_existing_loggers)
