"""Names in ASCII: punycode (RFC 3492), and the names of hosts made of it (IDNA 2003, RFC 3490)."""

from _encodings import nfkc as _nfkc

_BASE, _LEAST, _MOST, _SKEW, _DAMP, _BIAS, _FIRST = 36, 1, 26, 38, 700, 72, 128
_DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789"


def _adapted(delta, length, is_first):
    """The bias after a delta, by which the next one is written."""
    delta //= _DAMP if is_first else 2
    delta += delta // length
    steps = 0
    while delta > (_BASE - _LEAST) * _MOST // 2:
        delta //= _BASE - _LEAST
        steps += _BASE
    return steps + (_BASE - _LEAST + 1) * delta // (delta + _SKEW)


def _threshold(place, bias):
    return min(max(place - bias, _LEAST), _MOST)


def punycode_encode(input, errors="strict"):
    plain = [character for character in input if character < "\x80"]
    out, count = plain + ["-"] * bool(plain), len(plain)
    code, delta, bias = _FIRST, 0, _BIAS
    for next_code in sorted({ord(character) for character in input if character >= "\x80"}):
        delta += (next_code - code) * (count + 1)
        code = next_code
        for character in input:
            if ord(character) < code:
                delta += 1
            elif ord(character) == code:
                rest, place = delta, _BASE
                while rest >= (least := _threshold(place, bias)):
                    rest, digit = divmod(rest - least, _BASE - least)
                    out.append(_DIGITS[least + digit])
                    place += _BASE
                out.append(_DIGITS[rest])
                bias = _adapted(delta, count + 1, count == len(plain))
                delta, count = 0, count + 1
        delta += 1
        code += 1
    return "".join(out).encode("ascii"), len(input)


def punycode_decode(input, errors="strict"):
    if errors not in ("strict", "replace", "ignore"):
        raise UnicodeError(f"Unsupported error handling: {errors}")
    data = input.encode("ascii") if isinstance(input, str) else bytes(memoryview(input))
    plain, _, extended = data.rpartition(b"-")
    try:
        out = list(plain.decode("ascii", errors))
    except UnicodeDecodeError as error:
        raise UnicodeDecodeError("ascii", data, error.start, error.end, error.reason) from None
    offset, base = len(data) - len(extended), 0
    code, at, bias, place = _FIRST, 0, _BIAS, 0
    while place < len(extended):
        before, weight, digit_place = at, 1, _BASE
        while True:
            if place == len(extended):
                if errors == "strict":
                    raise UnicodeDecodeError("punycode", data, len(data), len(data) + 1, "incomplete punycode string")
                return "".join(out), len(data)
            digit = _DIGITS.find(chr(extended[place]).lower())
            if digit < 0 or extended[place] >= 128:
                if errors == "strict":
                    raise UnicodeDecodeError("punycode", data, offset + place, offset + place + 1,
                                             f"Invalid extended code point '{extended[place]}'")
                return "".join(out), len(data)
            place += 1
            at += digit * weight
            least = _threshold(digit_place, bias)
            if digit < least:
                break
            weight *= _BASE - least
            digit_place += _BASE
        bias = _adapted(at - before, len(out) + 1, before == 0 and base == 0)
        base = 1
        code += at // (len(out) + 1)
        at %= len(out) + 1
        if code > 0x10FFFF:
            if errors == "strict":
                raise UnicodeDecodeError("punycode", data, offset + place - 1, offset + place,
                                         f"Invalid character U+{code:x}")
            code = ord("?")
        out.insert(at, chr(code))
        at += 1
    return "".join(out), len(data)


# ---- names of hosts

_DOTS = "\u3002\uff0e\uff61"
_PREFIX = b"xn--"
# Characters that a name does not show.
_DROPPED = dict.fromkeys([0xAD, 0x34F, 0x1806, 0x180B, 0x180C, 0x180D, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF,
                          *range(0xFE00, 0xFE10)])


def _prepared(label):
    """A label as names are compared: small letters, each character in one form, and none that is not to be seen."""
    label = _nfkc(_nfkc(label.translate(_DROPPED)).casefold())
    for at, character in enumerate(label):
        if character >= "\x80" and not character.isprintable() and character != "\u3000":
            raise UnicodeEncodeError("idna", label, at, at + 1, f"Invalid character {character!r}")
    return label


def _to_ascii(label):
    """A label of a name in ASCII."""
    try:
        made = label.encode("ascii")
    except UnicodeEncodeError:
        label = _prepared(label)
        if label.isascii():
            made = label.encode("ascii")
        elif label.startswith("xn--"):
            raise UnicodeEncodeError("idna", label, 0, 4, "Label starts with ACE prefix") from None
        else:
            made = _PREFIX + punycode_encode(label)[0]
    if not made:
        raise UnicodeEncodeError("idna", label, 0, 1, "label empty")
    if len(made) > 63:
        raise UnicodeEncodeError("idna", label, 0, len(label), "label too long")
    return made


def _to_unicode(label):
    """A label of a name as it is read."""
    if len(label) > 1024:
        raise UnicodeDecodeError("idna", label, 0, len(label), "label way too long")
    if label[:4].lower() != _PREFIX:
        return label.decode("ascii")
    try:
        made = punycode_decode(label[4:])[0]
    except UnicodeDecodeError as error:
        raise UnicodeDecodeError("idna", label, error.start + 4, error.end + 4, error.reason) from None
    if _to_ascii(made).lower() != label.lower():
        raise UnicodeDecodeError("idna", label, 0, len(label), "IDNA does not round-trip")
    return made


def _check_errors(errors):
    if errors != "strict":
        raise UnicodeError(f"Unsupported error handling: {errors}")


def idna_encode(input, errors="strict"):
    _check_errors(errors)
    return encode_part(input, errors, True)


def encode_part(input, errors, final):
    """The name in ASCII as far as its labels are whole, and how many characters that takes."""
    _check_errors(errors)
    if not input:
        return b"", 0
    labels = input
    for dot in _DOTS:
        labels = labels.replace(dot, ".")
    labels = labels.split(".")
    last = labels.pop()
    end = b"" if last else b"."
    if last and final:
        labels.append(last)
        last = ""
    elif not last:
        last = ""
    out, at = [], 0
    for label in labels:
        try:
            out.append(_to_ascii(label))
        except UnicodeEncodeError as error:
            raise UnicodeEncodeError("idna", input, at + error.start, at + error.end, error.reason) from None
        at += len(label) + 1
    made = b".".join(out) + (b"." if last and out else end if out else b"")
    return made, len(input) - len(last)


def idna_decode(input, errors="strict"):
    return decode_part(input, errors, True)


def decode_part(input, errors, final):
    """The name as it is read, as far as its labels are whole, and how many bytes that takes."""
    if errors != "strict":
        raise UnicodeError(f"Unsupported error handling: {errors}")
    data = input.encode("ascii") if isinstance(input, str) else bytes(memoryview(input))
    if not data:
        return "", 0
    labels = data.split(b".")
    last = labels.pop()
    if last and final:
        labels.append(last)
        last = None
    out, at = [], 0
    for label in labels:
        try:
            out.append(_to_unicode(label))
        except (UnicodeEncodeError, UnicodeDecodeError) as error:
            start, end = (error.start, error.end) if isinstance(error, UnicodeDecodeError) else (0, 1)
            raise UnicodeDecodeError("idna", data, at + start, at + end, error.reason) from None
        at += len(label) + 1
    made = ".".join(out) + ("." if last is not None and out else "")
    return made, len(data) - len(last or b"")
