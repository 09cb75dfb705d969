"""Text in lines of a given width, and margins of lines."""

__all__ = ["TextWrapper", "wrap", "fill", "dedent", "indent", "shorten"]

_SPACES = "\t\n\x0b\x0c\r "


def _is_letter(text, at):
    return 0 <= at < len(text) and (text[at].isalnum() or text[at] == "_") and not text[at].isdecimal()


def _is_word(text, at):
    """Whether a letter, a digit or an underscore is there."""
    return 0 <= at < len(text) and (text[at].isalnum() or text[at] == "_")


def _ends_word(text, at):
    """Whether a dash behind this character may be one between words."""
    return _is_word(text, at) or 0 <= at < len(text) and text[at] in "!\"'&.,?"


def _dashes(text, at):
    """How many dashes are there, if they are a dash between words: at least two, and a word follows."""
    end = at
    while end < len(text) and text[end] == "-":
        end += 1
    return end - at if end - at >= 2 and _is_word(text, end) else 0


def _may_break_behind(text, at):
    """Whether the hyphen at `at` stands in a word that may be broken behind it."""
    before = (_is_letter(text, at - 2) and _is_letter(text, at - 1)
              or _is_letter(text, at - 3) and text[at - 2] == "-" and _is_letter(text, at - 1))
    after = at + 2 if at + 2 < len(text) and text[at + 2] != "-" else at + 3
    return before and _is_letter(text, at + 1) and _is_letter(text, after)


def _pieces(text):
    """Words with their hyphens, dashes, and the space between them."""
    start = 0
    while start < len(text):
        end = start + 1
        if text[start] in _SPACES:
            while end < len(text) and text[end] in _SPACES:
                end += 1
        elif _ends_word(text, start - 1) and _dashes(text, start):
            end = start + _dashes(text, start)
        else:
            while end < len(text) and text[end] not in _SPACES:
                if text[end] == "-":
                    if _may_break_behind(text, end):
                        end += 1
                        break
                    if _ends_word(text, end - 1) and _dashes(text, end):
                        break
                end += 1
        yield text[start:end]
        start = end


def _words(text):
    """Words and the space between them."""
    start = 0
    while start < len(text):
        is_space, end = text[start] in _SPACES, start + 1
        while end < len(text) and (text[end] in _SPACES) == is_space:
            end += 1
        yield text[start:end]
        start = end


def _ends_sentence(word):
    body = word[:-1] if word[-1:] in ("'", '"') and len(word) > 2 else word
    return len(body) > 1 and body[-1] in ".!?" and "a" <= body[-2] <= "z"


class TextWrapper:
    """Breaks paragraphs into lines; its attributes say how, and may be changed."""

    unicode_whitespace_trans = dict.fromkeys(map(ord, _SPACES), ord(" "))

    def __init__(self, width=70, initial_indent="", subsequent_indent="", expand_tabs=True, replace_whitespace=True,
                 fix_sentence_endings=False, break_long_words=True, drop_whitespace=True, break_on_hyphens=True,
                 tabsize=8, *, max_lines=None, placeholder=" [...]"):
        self.width = width
        self.initial_indent, self.subsequent_indent = initial_indent, subsequent_indent
        self.expand_tabs, self.replace_whitespace = expand_tabs, replace_whitespace
        self.fix_sentence_endings = fix_sentence_endings
        self.break_long_words, self.drop_whitespace = break_long_words, drop_whitespace
        self.break_on_hyphens = break_on_hyphens
        self.tabsize = tabsize
        self.max_lines, self.placeholder = max_lines, placeholder

    # A subclass may do any of these steps otherwise.

    def _munge_whitespace(self, text):
        """Tabs and all other space as spaces, as far as wanted."""
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            text = text.translate(dict.fromkeys(map(ord, _SPACES), " "))
        return text

    def _split(self, text):
        """The text in pieces between which lines may break."""
        return list(_pieces(text) if self.break_on_hyphens is True else _words(text))

    def _fix_sentence_endings(self, chunks):
        """Two spaces, where one follows the end of a sentence."""
        at = 0
        while at < len(chunks) - 1:
            if chunks[at + 1] == " " and _ends_sentence(chunks[at]):
                chunks[at + 1] = "  "
                at += 1
            at += 1

    def _handle_long_word(self, reversed_chunks, cur_line, cur_len, width):
        """A piece that is too long for any line: as much of it as fits, or all of it on a line of its own."""
        room = 1 if width < 1 else width - cur_len
        if self.break_long_words and room > 0:
            chunk, end = reversed_chunks[-1], room
            if self.break_on_hyphens and len(chunk) > room:
                hyphen = chunk.rfind("-", 0, room)
                if hyphen > 0 and chunk[:hyphen].strip("-"):
                    end = hyphen + 1
            cur_line.append(chunk[:end])
            reversed_chunks[-1] = chunk[end:]
        elif not cur_line:
            cur_line.append(reversed_chunks.pop())

    def _wrap_chunks(self, chunks):
        if self.width <= 0:
            raise ValueError(f"invalid width {self.width!r} (must be > 0)")
        if self.max_lines is not None:
            indent = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(indent) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError("placeholder too large for max width")
        lines = []
        chunks.reverse()
        while chunks:
            indent = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indent)
            if self.drop_whitespace and chunks[-1].strip() == "" and lines:
                del chunks[-1]
            line = self._next_line(chunks, width)
            if not line:
                continue
            last_one = self.max_lines is not None and len(lines) + 1 >= self.max_lines
            rest_is_space = not chunks or self.drop_whitespace and len(chunks) == 1 and not chunks[0].strip()
            if not last_one or rest_is_space and sum(map(len, line)) <= width:
                lines.append(indent + "".join(line))
            else:
                self._shorten_last(lines, line, width, indent)
                break
        return lines

    def _next_line(self, chunks, width):
        """Takes the pieces of the next line."""
        line, length = [], 0
        while chunks and length + len(chunks[-1]) <= width:
            length += len(chunks[-1])
            line.append(chunks.pop())
        if chunks and len(chunks[-1]) > width:
            self._handle_long_word(chunks, line, length, width)
        if self.drop_whitespace and line and line[-1].strip() == "":
            del line[-1]
        return line

    def _shorten_last(self, lines, line, width, indent):
        """The placeholder in place of what does not fit."""
        length = sum(map(len, line))
        while line:
            if line[-1].strip() and length + len(self.placeholder) <= width:
                line.append(self.placeholder)
                lines.append(indent + "".join(line))
                return
            length -= len(line.pop())
        if lines:
            previous = lines[-1].rstrip()
            if len(previous) + len(self.placeholder) <= self.width:
                lines[-1] = previous + self.placeholder
                return
        lines.append(indent + self.placeholder.lstrip())

    def _split_chunks(self, text):
        return self._split(self._munge_whitespace(text))

    def wrap(self, text):
        """Reformat the single paragraph in 'text' so it fits in lines of no more than 'self.width' columns, and return a
        list of wrapped lines."""
        chunks = self._split_chunks(text)
        if self.fix_sentence_endings:
            self._fix_sentence_endings(chunks)
        return self._wrap_chunks(chunks)

    def fill(self, text):
        """Reformat the single paragraph in 'text' to fit in lines of no more than 'self.width' columns, and return a new
        string containing the entire wrapped paragraph."""
        return "\n".join(self.wrap(text))


def wrap(text, width=70, **kwargs):
    """Wrap a single paragraph of text, returning a list of wrapped lines."""
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    """Fill a single paragraph of text, returning a new string."""
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    """Collapse and truncate the given text to fit in the given width."""
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(" ".join(text.strip().split()))


def dedent(text):
    """Remove any common leading whitespace from every line in `text`."""
    try:
        lines = text.split("\n")
    except (AttributeError, TypeError):
        raise TypeError(f"expected str object, not {type(text).__qualname__!r}") from None
    margin = None
    for line in lines:
        if not line or line.isspace():
            continue
        own = line[:len(line) - len(line.lstrip(" \t"))]
        if margin is None:
            margin = own
        while not own.startswith(margin):
            margin = margin[:-1]
    cut = len(margin or "")
    return "\n".join(["" if line.isspace() else line[cut:] for line in lines])


def indent(text, prefix, predicate=None):
    """Adds 'prefix' to the beginning of selected lines in 'text': those with more than space, or for which 'predicate'
    returns True."""
    if predicate is None:
        predicate = str.strip
    pieces = []
    for line in text.splitlines(True):
        if predicate(line):
            pieces.append(prefix)
        pieces.append(line)
    return "".join(pieces)
