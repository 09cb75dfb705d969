"""Constants and classes for text."""

__all__ = ["ascii_letters", "ascii_lowercase", "ascii_uppercase", "capwords", "digits", "hexdigits", "octdigits",
           "printable", "punctuation", "whitespace", "Formatter", "Template"]

whitespace = " \t\n\r\v\f"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdef" + "ABCDEF"
octdigits = "01234567"
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    """Split the argument into words, capitalize each, and join them with spaces or the separator."""
    return (sep or " ").join(map(str.capitalize, s.split(sep)))


_missing = object()


class _Pattern:
    """The regular expression of a class of templates, made when somebody asks for it: most templates do without."""

    def __get__(self, template, cls):
        found = cls.__dict__.get("_made_pattern")
        if found is None:
            found = cls._made_pattern = _pattern_of(cls)
        return found


def _pattern_of(cls):
    import re
    delimiter, name = re.escape(cls.delimiter), cls.idpattern
    braced = cls.braceidpattern or name
    return re.compile(f"""
            {delimiter}(?:
              (?P<escaped>{delimiter})  |   # two delimiters stand for one
              (?P<named>{name})       |   # a name
              {{(?P<braced>{braced})}} |   # a name in braces
              (?P<invalid>)             # anything else is wrong
            )
            """, cls.flags | re.VERBOSE)


class _Flags:
    """The flags of the regular expression; `re` is imported when somebody asks for them."""

    def __get__(self, template, cls):
        import re
        return re.IGNORECASE


class Template:
    """A string class for supporting $-substitutions.

    Subclasses may have another `delimiter`, `idpattern`, `braceidpattern` and `flags`, or a `pattern` of their own."""

    delimiter = "$"
    idpattern = "(?a:[_a-z][_a-z0-9]*)"
    braceidpattern = None
    flags = _Flags()
    pattern = _Pattern()
    # Whether the pattern says what a placeholder is, or what is below, which is faster.
    _has_pattern = False
    # What an identifier begins with and goes on with.
    _start = frozenset(ascii_letters + "_")
    _inner = frozenset(ascii_letters + "_" + digits)

    def __init_subclass__(cls):
        super().__init_subclass__()
        own = cls.__dict__
        if "pattern" in own:
            if isinstance(cls.pattern, str):
                import re
                cls.pattern = re.compile(cls.pattern, cls.flags | re.VERBOSE)
            cls._has_pattern = True
        else:
            # Whatever the class above it has: this one's delimiter and names count.
            cls.pattern = _Pattern()
            if not {"idpattern", "braceidpattern", "flags"}.isdisjoint(own):
                cls._has_pattern = True

    def __init__(self, template):
        self.template = template

    def _parts_by_pattern(self):
        text, start = self.template, 0
        for found in self.pattern.finditer(text):
            before, start = text[start:found.start()], found.end()
            name = found["named"] or found["braced"]
            if name is not None:
                yield before, ("named", name, found[0])
            elif found["escaped"] is not None:
                yield before, ("escaped",)
            elif found["invalid"] is not None:
                yield before, ("invalid", found.start("invalid") - len(self.delimiter))
            else:
                raise ValueError("Unrecognized named group in pattern", self.pattern)
        yield text[start:], None

    def _parts(self):
        """Pairs of the text before a placeholder and the placeholder: ("named", name, source), ("escaped",) or ("invalid", at)."""
        if self._has_pattern:
            yield from self._parts_by_pattern()
            return
        text, delimiter = self.template, self.delimiter
        start = 0
        while (at := text.find(delimiter, start)) >= 0:
            after = at + len(delimiter)
            before = text[start:at]
            if text.startswith(delimiter, after):
                start = after + len(delimiter)
                yield before, ("escaped",)
                continue
            braced = text.startswith("{", after)
            first = end = after + braced
            if end < len(text) and text[end] in self._start:
                while end < len(text) and text[end] in self._inner:
                    end += 1
            if end == first or braced and not text.startswith("}", end):
                start = after
                yield before, ("invalid", at)
                continue
            start = end + braced
            yield before, ("named", text[first:end], text[at:start])
        yield text[start:], None

    def _invalid(self, at):
        lines = self.template[:at].splitlines(keepends=True)
        if not lines:
            line, column = 1, 1
        else:
            column = at - len("".join(lines[:-1])) + 1
            line = len(lines)
            if lines[-1].endswith(("\n", "\r")):
                line, column = line + 1, 1
        raise ValueError(f"Invalid placeholder in string: line {line}, col {column}")

    def _substituted(self, mapping, kws, safe):
        if mapping is _missing:
            mapping = kws
        elif kws:
            from collections import ChainMap
            mapping = ChainMap(kws, mapping)
        out = []
        for before, placeholder in self._parts():
            out.append(before)
            match placeholder:
                case ("escaped",):
                    out.append(self.delimiter)
                case ("invalid", at):
                    if not safe:
                        self._invalid(at)
                    out.append(self.delimiter)
                case ("named", name, source):
                    if safe and name not in mapping:
                        out.append(source)
                    else:
                        out.append(str(mapping[name]))
        return "".join(out)

    def substitute(self, mapping=_missing, /, **kws):
        """The text with the placeholders replaced; KeyError if one is missing."""
        return self._substituted(mapping, kws, False)

    def safe_substitute(self, mapping=_missing, /, **kws):
        """The text with those placeholders replaced that are known."""
        return self._substituted(mapping, kws, True)

    def is_valid(self):
        """Whether all placeholders are well-formed."""
        return all(placeholder is None or placeholder[0] != "invalid" for _, placeholder in self._parts())

    def get_identifiers(self):
        """The names of the placeholders, each once, in order."""
        names = []
        for _, placeholder in self._parts():
            if placeholder is not None and placeholder[0] == "named" and placeholder[1] not in names:
                names.append(placeholder[1])
        return names


class Formatter:
    """What `str.format` does, in parts that subclasses may replace."""

    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        used = set()
        result, _ = self._vformat(format_string, args, kwargs, used, 2, 0)
        self.check_unused_args(used, args, kwargs)
        return result

    def _vformat(self, format_string, args, kwargs, used, depth, auto):
        if depth < 0:
            raise ValueError("Max string recursion exceeded")
        out = []
        for literal, field, spec, conversion in self.parse(format_string):
            if literal:
                out.append(literal)
            if field is None:
                continue
            first = _field_parts(field)[0]
            if first == "":
                if auto is False:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                field = str(auto) + field
                auto += 1
            elif isinstance(first, int):
                if auto:
                    raise ValueError("cannot switch from automatic field numbering to manual field specification")
                auto = False
            obj, key = self.get_field(field, args, kwargs)
            used.add(key)
            obj = self.convert_field(obj, conversion)
            spec, auto = self._vformat(spec, args, kwargs, used, depth - 1, auto)
            out.append(self.format_field(obj, spec))
        return "".join(out), auto

    def get_value(self, key, args, kwargs):
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        pass

    def format_field(self, value, format_spec):
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        if conversion is None:
            return value
        convert = {"s": str, "r": repr, "a": ascii}.get(conversion)
        if convert is None:
            raise ValueError(f"Unknown conversion specifier {conversion!s}")
        return convert(value)

    def parse(self, format_string):
        """Tuples (literal text, field name, format spec, conversion)."""
        text, at, literal = format_string, 0, []
        while at < len(text):
            char = text[at]
            if char not in "{}":
                literal.append(char)
                at += 1
            elif text.startswith(char * 2, at):
                yield "".join(literal) + char, None, None, None
                literal = []
                at += 2
            elif char == "}":
                raise ValueError("Single '}' encountered in format string")
            else:
                end = _field_end(text, at + 1)
                yield "".join(literal), *_field_of(text[at + 1:end])
                literal = []
                at = end + 1
        if literal:
            yield "".join(literal), None, None, None

    def get_field(self, field_name, args, kwargs):
        """The object that a field names, and the key it was found by."""
        first, rest = _field_parts(field_name)
        obj = self.get_value(first, args, kwargs)
        for is_attribute, name in rest:
            obj = getattr(obj, name) if is_attribute else obj[name]
        return obj, first


def _field_end(text, at):
    """Where the field that begins at `at` ends."""
    if at >= len(text):
        raise ValueError("Single '{' encountered in format string")
    depth, in_name = 1, True
    while at < len(text):
        if text[at] in ":!":
            in_name = False
        # What stands in brackets in the name is a key, whatever it is.
        if text[at] == "[" and in_name:
            at = text.find("]", at)
            if at < 0:
                break
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth == 0:
            return at
        at += 1
    raise ValueError("expected '}' before end of string")


def _field_of(text):
    """Name, format spec and conversion of a field's text."""
    at = 0
    while at < len(text) and text[at] not in ":!":
        if text[at] == "[":
            at = max(text.find("]", at), at)
        at += 1
    name, rest = text[:at], text[at:]
    conversion = None
    if rest.startswith("!"):
        if len(rest) < 2:
            raise ValueError("end of string while looking for conversion specifier")
        conversion, rest = rest[1], rest[2:]
        if rest and not rest.startswith(":"):
            raise ValueError("expected ':' after conversion specifier")
    return name, rest[1:], conversion


def _field_parts(field):
    """The first part of a field's name (a number or text), and the attributes and items after it."""
    at = min((at for at in (field.find("."), field.find("[")) if at >= 0), default=len(field))
    first, rest = field[:at], []
    while at < len(field):
        if field[at] == ".":
            end = min((end for end in (field.find(".", at + 1), field.find("[", at)) if end >= 0), default=len(field))
            if end == at + 1:
                raise ValueError("Empty attribute in format string")
            rest.append((True, field[at + 1:end]))
            at = end
        elif field[at] == "[":
            end = field.find("]", at)
            if end < 0:
                raise ValueError("Missing ']' in format string")
            key = field[at + 1:end]
            if not key:
                raise ValueError("Empty attribute in format string")
            rest.append((False, int(key) if key.isdecimal() else key))
            at = end + 1
        else:
            raise ValueError("Only '.' or '[' may follow ']' in format field specifier")
    return int(first) if first.isdecimal() else first, rest
