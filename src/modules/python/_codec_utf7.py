"""UTF-7: text in ASCII that mail servers of old let through. What is no ASCII stands in base64 between `+` and `-`."""

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_VALUES = {ord(character): value for value, character in enumerate(_ALPHABET)}
# What stands for itself: all that is printed and breaks no base64, and white space.
_DIRECT = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '(),-./:?!\"#$%&*;<=>@[]^_`{|}\n\r\t")


def encode(input, errors="strict"):
    if not isinstance(input, str):
        raise TypeError(f"utf_7_encode() argument 1 must be str, not {type(input).__name__}")
    out, bits, count, shifted = bytearray(), 0, 0, False

    def close(character):
        # What could go on with the base64 is kept apart from it.
        nonlocal bits, count, shifted
        if count:
            out.append(ord(_ALPHABET[bits << 6 - count & 63]))
        bits = count = 0
        shifted = False
        if character is None or character in _ALPHABET or character == "-":
            out.extend(b"-")

    for character in input:
        if character in _DIRECT:
            if shifted:
                close(character)
            out.append(ord(character))
        elif not shifted and character == "+":
            out += b"+-"
        else:
            if not shifted:
                out += b"+"
                shifted = True
            for byte in character.encode("utf-16-be", "surrogatepass"):
                bits, count = bits << 8 | byte, count + 8
                while count >= 6:
                    count -= 6
                    out.append(ord(_ALPHABET[bits >> count & 63]))
                    bits &= (1 << count) - 1
    if shifted:
        close(None)
    return bytes(out), len(input)


def decode(input, errors="strict"):
    return decode_part(input, errors, True)


class _Wrong(Exception):
    """From where to where bytes mean nothing, and why."""


def decode_part(input, errors="strict", final=False):
    """The text of bytes, and how many of them it takes: what is within base64 is left, unless they are the last ones."""
    data = bytes(memoryview(input))
    out, at = [], 0
    while at < len(data):
        try:
            text, after = _shifted(data, at, final) if data[at] == 43 else _direct(data, at)
            if after is None:
                break
        except _Wrong as wrong:
            start, end, before, reason = wrong.args
            out.append(before)
            from codecs import lookup_error
            text, after = lookup_error(errors or "strict")(UnicodeDecodeError("utf7", data, start, end, reason))
            after += len(data) if after < 0 else 0
        out.append(text)
        at = after
    return "".join(out), at


def _direct(data, at):
    end = at
    while end < len(data) and data[end] < 128 and data[end] != 43:
        end += 1
    if end == at:
        raise _Wrong(at, at + 1, "", "unexpected special character")
    return data[at:end].decode("ascii"), end


def _shifted(data, start, final):
    """What stands between a `+` and the end of its base64; None for where it goes on if the bytes end before that."""
    at, bits, count, units = start + 1, 0, 0, bytearray()
    while at < len(data) and data[at] in _VALUES:
        bits, count = bits << 6 | _VALUES[data[at]], count + 6
        if count >= 16:
            count -= 16
            units += (bits >> count).to_bytes(2, "big")
            bits &= (1 << count) - 1
        at += 1
    # Surrogates that make a pair are one character.
    text = units.decode("utf-16-be", "surrogatepass")
    if at == len(data):
        if not final:
            return "", None
        if count >= 6 or bits or text and "\ud800" <= text[-1] <= "\udbff":
            raise _Wrong(start, at, text, "unterminated shift sequence")
        return text, at
    if at == start + 1:
        if data[at] == 45:
            return "+", at + 1
        raise _Wrong(start, at + 1, "", "ill-formed sequence")
    if count >= 6:
        raise _Wrong(start, at + 1, text, "partial character in base64 sequence")
    if bits:
        raise _Wrong(start, at + 1, text, "non-zero padding bits in shift sequence")
    if data[at] >= 128:
        raise _Wrong(at, at + 1, text, "unexpected special character")
    return text, at + 1 if data[at] == 45 else at
