"""Reports of exceptions: taken apart, as text, printed."""

import linecache
import sys

import _traceback

__all__ = ["extract_stack", "extract_tb", "format_exception", "format_exception_only", "format_list", "format_stack",
           "format_tb", "print_exc", "format_exc", "print_exception", "print_last", "print_stack", "print_tb",
           "clear_frames", "FrameSummary", "StackSummary", "TracebackException", "walk_stack", "walk_tb", "print_list"]

_CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n"
_CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n"

# So many entries in a row that say the same are shown.
_SHOWN = 3


class _Sentinel:
    def __repr__(self):
        return "<implicit>"


_sentinel = _Sentinel()


def _print(lines, file):
    file = sys.stderr if file is None else file
    for line in lines:
        print(line, file=file, end="")


def _parts(exception, value, tb):
    """The exception and its traceback, from either way of passing them."""
    if (value is _sentinel) != (tb is _sentinel):
        raise ValueError("Both or neither of value and tb must be given")
    if value is _sentinel:
        if exception is None:
            return None, None
        if isinstance(exception, BaseException):
            return exception, exception.__traceback__
        raise TypeError(f"Exception expected for value, {type(exception).__name__} found")
    return value, tb


def print_tb(tb, limit=None, file=None):
    """Print the entries of a traceback."""
    print_list(extract_tb(tb, limit=limit), file=file)


def format_tb(tb, limit=None):
    """The entries of a traceback as a list of texts."""
    return extract_tb(tb, limit=limit).format()


def extract_tb(tb, limit=None):
    """The entries of a traceback."""
    return StackSummary._of_traceback(tb, limit=limit)


def print_list(extracted_list, file=None):
    """Print entries that were extracted."""
    _print(StackSummary.from_list(extracted_list).format(), file)


def format_list(extracted_list):
    """Entries that were extracted as a list of texts."""
    return StackSummary.from_list(extracted_list).format()


def print_exception(exc, /, value=_sentinel, tb=_sentinel, limit=None, file=None, chain=True, **kwargs):
    """Print the report of an exception."""
    value, tb = _parts(exc, value, tb)
    _print(_report(value, tb, limit, chain, **kwargs), file)


def format_exception(exc, /, value=_sentinel, tb=_sentinel, limit=None, chain=True, **kwargs):
    """The report of an exception as a list of texts."""
    value, tb = _parts(exc, value, tb)
    return list(_report(value, tb, limit, chain, **kwargs))


def _report(value, tb, limit, chain, colorize=False):
    if value is None:
        if limit is not None:
            # It must be comparable all the same.
            limit >= 0
        return ["NoneType: None\n"]
    return TracebackException(type(value), value, tb, limit=limit, compact=True).format(chain=chain, colorize=colorize)


def format_exception_only(exc, /, value=_sentinel, *, show_group=False, **kwargs):
    """What stands below the traceback of an exception's report, as a list of texts."""
    value = exc if value is _sentinel else value
    if value is None:
        return ["NoneType: None\n"]
    report = TracebackException(type(value), value, None, compact=True)
    return list(report.format_exception_only(show_group=show_group, **kwargs))


def print_exc(limit=None, file=None, chain=True):
    """Print the report of the exception that is being handled."""
    print_exception(sys.exception(), limit=limit, file=file, chain=chain)


def format_exc(limit=None, chain=True):
    """The report of the exception that is being handled."""
    return "".join(format_exception(sys.exception(), limit=limit, chain=chain))


def print_last(limit=None, file=None, chain=True):
    """Print the report of the last exception that nobody caught."""
    if not hasattr(sys, "last_exc") and not hasattr(sys, "last_type"):
        raise ValueError("no last exception")
    print_exception(sys.last_exc if hasattr(sys, "last_exc") else sys.last_value, limit=limit, file=file, chain=chain)


def print_stack(f=None, limit=None, file=None):
    """Print the stack of a frame, or of the caller."""
    print_list(_stack(sys._getframe().f_back if f is None else f, limit), file=file)


def format_stack(f=None, limit=None):
    """The stack of a frame, or of the caller, as a list of texts."""
    return _stack(sys._getframe().f_back if f is None else f, limit).format()


def extract_stack(f=None, limit=None):
    """The entries of a frame's stack, or of the caller's."""
    return _stack(sys._getframe().f_back if f is None else f, limit)


def _stack(frame, limit):
    stack = StackSummary.extract(walk_stack(frame), limit=limit)
    stack.reverse()
    return stack


def walk_stack(f):
    """Frames with their lines, from the innermost out."""
    if f is None:
        f = sys._getframe().f_back
    def walk(frame):
        while frame is not None:
            yield frame, frame.f_lineno
            frame = frame.f_back
    return walk(f)


def walk_tb(tb):
    """Frames of a traceback with their lines, from the outermost in."""
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def clear_frames(tb):
    """Clear the variables of all frames of a traceback."""
    while tb is not None:
        try:
            tb.tb_frame.clear()
        except RuntimeError:
            pass
        tb = tb.tb_next


class FrameSummary:
    """One entry: file, line, function, and the source there."""

    __slots__ = ("filename", "lineno", "end_lineno", "colno", "end_colno", "name", "_line", "locals", "_code")

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None, end_lineno=None,
                 colno=None, end_colno=None, **kwargs):
        self.filename = filename
        self.lineno = lineno
        self.end_lineno = lineno if end_lineno is None else end_lineno
        self.colno = colno
        self.end_colno = end_colno
        self.name = name
        self._line = line
        if lookup_line:
            self.line
        self.locals = {key: _safe(value, "local", repr) for key, value in locals.items()} if locals else None

    @property
    def line(self):
        """The source line, without the white space around it."""
        if self._line is None:
            if self.lineno is None:
                return None
            self._line = linecache.getline(self.filename, self.lineno)
        return self._line.strip()

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            return (self.filename, self.lineno, self.name, self.locals) == \
                (other.filename, other.lineno, other.name, other.locals)
        if isinstance(other, tuple):
            return (self.filename, self.lineno, self.name, self.line) == other
        return NotImplemented

    __hash__ = None

    def __getitem__(self, at):
        return (self.filename, self.lineno, self.name, self.line)[at]

    def __iter__(self):
        return iter((self.filename, self.lineno, self.name, self.line))

    def __len__(self):
        return 4

    def __repr__(self):
        return f"<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>"


class StackSummary(list):
    """A list of entries."""

    @classmethod
    def extract(cls, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        """The entries of frames that come with their lines."""
        from_first = limit is None or limit >= 0
        frames = list(frame_gen)
        if limit is None:
            limit = getattr(sys, "tracebacklimit", None)
            limit = max(limit, 0) if limit is not None else None
        if limit is not None:
            frames = frames[:limit] if from_first else frames[limit:]
        return cls(FrameSummary(frame.f_code.co_filename, line, frame.f_code.co_name, lookup_line=lookup_lines,
                                locals=frame.f_locals if capture_locals else None)
                   for frame, line in frames)

    @classmethod
    def _of_traceback(cls, tb, *, limit=None, lookup_lines=True, capture_locals=False):
        from_first = limit is None or limit >= 0
        entries = _traceback.entries(tb)
        if not entries and tb is not None:
            # It is no traceback.
            tb.tb_frame
        if limit is None:
            limit = getattr(sys, "tracebacklimit", None)
            limit = max(limit, 0) if limit is not None else None
        frames = [frame for frame, _ in walk_tb(tb)] if capture_locals else [None] * len(entries)
        pairs = list(zip(entries, frames))
        if limit is not None:
            pairs = pairs[:limit] if from_first else pairs[limit:]
        return cls(FrameSummary(filename, line, name, lookup_line=lookup_lines, end_lineno=end_line, colno=column,
                                end_colno=end_column, locals=frame.f_locals if frame is not None else None)
                   for (filename, line, end_line, column, end_column, name), frame in pairs)

    @classmethod
    def from_list(cls, a_list):
        """Entries from FrameSummary objects or tuples."""
        return cls(item if isinstance(item, FrameSummary)
                   else FrameSummary(item[0], item[1], item[2], line=item[3]) for item in a_list)

    def format_frame_summary(self, frame_summary, **kwargs):
        """An entry as text."""
        filename = frame_summary.filename
        if filename.startswith("<stdin-") and filename.endswith(">"):
            filename = "<stdin>"
        colorize = kwargs.get("colorize", False)
        theme = _theme(colorize)
        text = (f'  File {theme.filename}"{filename}"{theme.reset}, line {theme.line_no}{frame_summary.lineno}'
                f'{theme.reset}, in {theme.frame}{frame_summary.name}{theme.reset}\n')
        marked = ""
        if frame_summary.colno is not None and frame_summary.end_colno is not None:
            marked = _traceback.excerpt(linecache.getlines(frame_summary.filename), frame_summary.lineno,
                                        frame_summary.end_lineno, frame_summary.colno, frame_summary.end_colno,
                                        colorize)
        if marked:
            text += marked
        elif frame_summary.line:
            text += f"    {frame_summary.line}\n"
        if frame_summary.locals:
            for name, value in sorted(frame_summary.locals.items()):
                text += f"    {name} = {value}\n"
        return text

    def format(self, **kwargs):
        """The entries as a list of texts; runs of the same entry are folded."""
        result = []
        last, count = None, 0
        for entry in [*self, None]:
            place = entry and (entry.filename, entry.lineno, entry.name)
            if place != last or place is None:
                if count > _SHOWN:
                    more = count - _SHOWN
                    result.append(f"  [Previous line repeated {more} more time{'s' if more > 1 else ''}]\n")
                last, count = place, 0
            count += 1
            if entry is None or count > _SHOWN:
                continue
            # A method of the program's own may know nothing of colours.
            colors = {"colorize": True} if kwargs.get("colorize") else {}
            text = self.format_frame_summary(entry, **colors)
            if text is not None:
                result.append(text)
        return result


def _theme(colorize):
    from _colors import traceback_theme
    return traceback_theme(colorize)


def _safe(value, what, how=str):
    try:
        return how(value)
    except:
        return f"<{what} {how.__name__}() failed>"


class TracebackException:
    """An exception as a report needs it, without the objects that it refers to."""

    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True, capture_locals=False,
                 compact=False, max_group_width=15, max_group_depth=10, save_exc_type=True, _seen=None):
        seen = set() if _seen is None else _seen
        seen.add(id(exc_value))
        self.max_group_width = max_group_width
        self.max_group_depth = max_group_depth
        self.stack = StackSummary._of_traceback(exc_traceback, limit=limit, lookup_lines=lookup_lines,
                                                capture_locals=capture_locals)
        self._exc_type = exc_type if save_exc_type else None
        self._class, self._message, notes, self._place = _traceback.describe(exc_value)
        self.__notes__ = getattr(exc_value, "__notes__", None)
        self._note_lines = notes
        self._str = _safe(exc_value, "exception")
        if isinstance(exc_value, SyntaxError):
            self.filename = exc_value.filename
            self.lineno = str(exc_value.lineno) if exc_value.lineno is not None else None
            self.end_lineno = str(exc_value.end_lineno) if exc_value.end_lineno is not None else None
            self.text = exc_value.text
            self.offset = exc_value.offset
            self.end_offset = exc_value.end_offset
            self.msg = exc_value.msg
        self.__suppress_context__ = exc_value.__suppress_context__ if exc_value is not None else False
        more = {"limit": limit, "lookup_lines": lookup_lines, "capture_locals": capture_locals, "compact": compact,
                "max_group_width": max_group_width, "max_group_depth": max_group_depth}

        def other(exception):
            if exception is None or id(exception) in seen:
                return None
            return TracebackException(type(exception), exception, exception.__traceback__, _seen=seen, **more)

        cause = exc_value.__cause__ if exc_value is not None else None
        context = exc_value.__context__ if exc_value is not None else None
        self.__cause__ = other(cause)
        wanted = not compact or (self.__cause__ is None and not self.__suppress_context__)
        self.__context__ = other(context) if wanted else None
        self.exceptions = None
        if isinstance(exc_value, BaseExceptionGroup):
            parts = []
            for part in exc_value.exceptions:
                parts.append(TracebackException(type(part), part, part.__traceback__, _seen=seen, **more))
            self.exceptions = parts

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        """From an exception object."""
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    @property
    def exc_type(self):
        import warnings
        warnings.warn("Deprecated in 3.13. Use exc_type_str instead.", DeprecationWarning, stacklevel=2)
        return self._exc_type

    @property
    def exc_type_str(self):
        return self._class

    def __str__(self):
        return self._str

    def __eq__(self, other):
        return self.__dict__ == other.__dict__ if isinstance(other, TracebackException) else NotImplemented

    __hash__ = None

    def format_exception_only(self, *, show_group=False, _depth=0, **kwargs):
        """What stands below the traceback, piece by piece."""
        indent = 3 * _depth * " "
        if self._place is not None:
            for line in self._place.splitlines(True):
                yield indent + line
        else:
            theme = _theme(kwargs.get("colorize", False))
            text = f"{theme.type}{self._class}{theme.reset}"
            if self._message:
                text += f": {theme.message}{self._message}{theme.reset}"
            text += "\n"
            yield from (indent + line for line in ([text] if not indent else text.splitlines(True)))
        for note in self._note_lines:
            yield f"{indent}{note}\n"
        if show_group and self.exceptions:
            for part in self.exceptions:
                yield from part.format_exception_only(show_group=True, _depth=_depth + 1, **kwargs)

    def format(self, *, chain=True, _ctx=None, **kwargs):
        """The report, piece by piece."""
        margin = _Margin() if _ctx is None else _ctx
        links = [(None, self)]
        while chain:
            last = links[-1][1]
            if last.__cause__ is not None:
                links.append((_CAUSE, last.__cause__))
            elif last.__context__ is not None and not last.__suppress_context__:
                links.append((_CONTEXT, last.__context__))
            else:
                break
        # Each link's words stand between the next one and itself.
        words = [link[0] for link in links[1:]] + [None]
        for (_, exception), said in zip(reversed(links), reversed(words)):
            if said is not None:
                yield from margin.emit(said)
            yield from exception._format_one(margin, chain, kwargs)

    def _format_one(self, margin, chain, colors):
        if self.exceptions is None:
            if self.stack:
                yield from margin.emit("Traceback (most recent call last):\n")
                yield from margin.emit(self.stack.format(**colors))
            yield from margin.emit(self.format_exception_only(**colors))
            return
        if margin.depth > self.max_group_depth:
            yield from margin.emit(f"... (max_group_depth is {self.max_group_depth})\n")
            return
        is_outermost = margin.depth == 0
        if is_outermost:
            margin.depth = 1
        if self.stack:
            yield from margin.emit("Exception Group Traceback (most recent call last):\n", "+" if is_outermost else None)
            yield from margin.emit(self.stack.format(**colors))
        yield from margin.emit(self.format_exception_only(**colors))
        count = len(self.exceptions)
        shown = min(count, self.max_group_width + 1)
        margin.needs_close = False
        for at in range(shown):
            is_last = at == shown - 1
            if is_last:
                margin.needs_close = True
            is_beyond = at >= self.max_group_width
            title = "..." if is_beyond else at + 1
            yield margin.indent() + ("+-" if at == 0 else "  ") + f"+---------------- {title} ----------------\n"
            margin.depth += 1
            if is_beyond:
                more = count - self.max_group_width
                yield from margin.emit(f"and {more} more exception{'s' if more > 1 else ''}\n")
            else:
                yield from self.exceptions[at].format(chain=chain, _ctx=margin, **colors)
            if is_last and margin.needs_close:
                yield margin.indent() + "+------------------------------------\n"
                margin.needs_close = False
            margin.depth -= 1
        if is_outermost:
            margin.depth = 0

    def print(self, *, file=None, chain=True, **kwargs):
        """Print the report."""
        _print(self.format(chain=chain), file)


class _Margin:
    """How deep in exception groups a report is, and the bar at its left."""

    def __init__(self):
        self.depth = 0
        self.needs_close = False

    def indent(self):
        return " " * (2 * self.depth)

    def emit(self, pieces, bar=None):
        start = f"{self.indent()}{bar or '|'} " if self.depth else ""
        for piece in [pieces] if isinstance(pieces, str) else pieces:
            yield "".join(start + line for line in piece.splitlines(True)) if start else piece
