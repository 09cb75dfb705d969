"""Base16, Base32, Base64 (RFC 3548), Base85 and Ascii85 data encodings"""

import binascii
import struct

__all__ = [
    "encode", "decode", "encodebytes", "decodebytes",
    "b64encode", "b64decode", "b32encode", "b32decode",
    "b32hexencode", "b32hexdecode", "b16encode", "b16decode",
    "b85encode", "b85decode", "a85encode", "a85decode", "z85encode", "z85decode",
    "standard_b64encode", "standard_b64decode",
    "urlsafe_b64encode", "urlsafe_b64decode",
]

MAXLINESIZE = 76
MAXBINSIZE = (MAXLINESIZE // 4) * 3

_BYTES = (bytes, bytearray)


def _as_bytes(s):
    if isinstance(s, str):
        try:
            return s.encode("ascii")
        except UnicodeEncodeError:
            raise ValueError("string argument should contain only ASCII characters") from None
    if isinstance(s, _BYTES):
        return s
    try:
        return memoryview(s).tobytes()
    except TypeError:
        raise TypeError("argument should be a bytes-like object or ASCII "
                        "string, not %r" % s.__class__.__name__) from None


# Base 64

def b64encode(s, altchars=None):
    """Encode the bytes-like object s using Base64 and return a bytes object."""
    encoded = binascii.b2a_base64(s, newline=False)
    if altchars is not None:
        assert len(altchars) == 2, repr(altchars)
        return encoded.translate(bytes.maketrans(b"+/", altchars))
    return encoded


def b64decode(s, altchars=None, validate=False):
    """Decode the Base64 encoded bytes-like object or ASCII string s."""
    s = _as_bytes(s)
    if altchars is not None:
        altchars = _as_bytes(altchars)
        assert len(altchars) == 2, repr(altchars)
        s = s.translate(bytes.maketrans(altchars, b"+/"))
    return binascii.a2b_base64(s, strict_mode=validate)


def standard_b64encode(s):
    """Encode bytes-like object s using the standard Base64 alphabet."""
    return b64encode(s)


def standard_b64decode(s):
    """Decode bytes encoded with the standard Base64 alphabet."""
    return b64decode(s)


_TO_URLSAFE = bytes.maketrans(b"+/", b"-_")
_FROM_URLSAFE = bytes.maketrans(b"-_", b"+/")


def urlsafe_b64encode(s):
    """Encode bytes using the URL- and filesystem-safe Base64 alphabet."""
    return b64encode(s).translate(_TO_URLSAFE)


def urlsafe_b64decode(s):
    """Decode bytes using the URL- and filesystem-safe Base64 alphabet."""
    return b64decode(_as_bytes(s).translate(_FROM_URLSAFE))


# Base 32

_B32 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_B32_HEX = b"0123456789ABCDEFGHIJKLMNOPQRSTUV"


def _b32encode(digits, s):
    if not isinstance(s, _BYTES):
        s = memoryview(s).tobytes()
    missing = -len(s) % 5
    s = bytes(s) + bytes(missing)
    out = bytearray()
    for at in range(0, len(s), 5):
        word = int.from_bytes(s[at:at + 5])
        out += bytes(digits[word >> shift & 31] for shift in range(35, -1, -5))
    if missing:
        padding = (0, 1, 3, 4, 6)[missing]
        out[-padding:] = b"=" * padding
    return bytes(out)


def _b32decode(digits, s, casefold=False, map01=None):
    s = _as_bytes(s)
    if len(s) % 8:
        raise binascii.Error("Incorrect padding")
    if map01 is not None:
        map01 = _as_bytes(map01)
        assert len(map01) == 1, repr(map01)
        s = s.translate(bytes.maketrans(b"01", b"O" + map01))
    if casefold:
        s = s.upper()
    values = {digit: value for value, digit in enumerate(digits)}
    length = len(s)
    s = s.rstrip(b"=")
    padding = length - len(s)
    out = bytearray()
    word = 0
    for at in range(0, len(s), 8):
        word = 0
        group = s[at:at + 8]
        for digit in group:
            if digit not in values:
                raise binascii.Error("Non-base32 digit found")
            word = word << 5 | values[digit]
        word <<= 5 * (8 - len(group))
        out += word.to_bytes(5)
    if padding not in (0, 1, 3, 4, 6):
        raise binascii.Error("Incorrect padding")
    if padding and out:
        unused = (5 * padding + 7) // 8
        del out[-unused:]
    return bytes(out)


def b32encode(s):
    """Encode the bytes-like objects using base32 and return a bytes object."""
    return _b32encode(_B32, s)


def b32decode(s, casefold=False, map01=None):
    """Decode the base32 encoded bytes-like object or ASCII string s."""
    return _b32decode(_B32, s, casefold, map01)


def b32hexencode(s):
    """Encode the bytes-like objects using base32hex and return a bytes object."""
    return _b32encode(_B32_HEX, s)


def b32hexdecode(s, casefold=False):
    """Decode the base32hex encoded bytes-like object or ASCII string s."""
    return _b32decode(_B32_HEX, s, casefold)


# Base 16

def b16encode(s):
    """Encode the bytes-like object s using Base16 and return a bytes object."""
    return binascii.hexlify(s).upper()


def b16decode(s, casefold=False):
    """Decode the Base16 encoded bytes-like object or ASCII string s."""
    s = _as_bytes(s)
    if casefold:
        s = s.upper()
    if s.translate(None, delete=b"0123456789ABCDEF"):
        raise binascii.Error("Non-base16 digit found")
    return binascii.unhexlify(s)


# Base 85

def _85encode(b, digits, pad=False, fold_nulls=False, fold_spaces=False):
    if not isinstance(b, _BYTES):
        b = memoryview(b).tobytes()
    missing = -len(b) % 4
    if missing:
        b = b + bytes(missing)
    groups = []
    for (word,) in struct.iter_unpack("!I", b):
        if fold_nulls and not word:
            groups.append(b"z")
        elif fold_spaces and word == 0x20202020:
            groups.append(b"y")
        else:
            group = bytearray(5)
            for at in range(4, -1, -1):
                word, digit = divmod(word, 85)
                group[at] = digits[digit]
            groups.append(bytes(group))
    if missing and not pad:
        if groups[-1] == b"z":
            groups[-1] = digits[:1] * 5
        groups[-1] = groups[-1][:-missing]
    return b"".join(groups)


_A85 = bytes(range(33, 118))


def a85encode(b, *, foldspaces=False, wrapcol=0, pad=False, adobe=False):
    """Encode bytes-like object b using Ascii85 and return a bytes object."""
    result = _85encode(b, _A85, pad, True, foldspaces)
    if adobe:
        result = b"<~" + result
    if wrapcol:
        wrapcol = max(2 if adobe else 1, wrapcol)
        lines = [result[at:at + wrapcol] for at in range(0, len(result), wrapcol)]
        if adobe and len(lines[-1]) + 2 > wrapcol:
            lines.append(b"")
        result = b"\n".join(lines)
    if adobe:
        result += b"~>"
    return result


def a85decode(b, *, foldspaces=False, adobe=False, ignorechars=b" \t\n\r\v"):
    """Decode the Ascii85 encoded bytes-like object or ASCII string b."""
    b = _as_bytes(b)
    if adobe:
        if not b.endswith(b"~>"):
            raise ValueError("Ascii85 encoded byte sequences must end with b'~>'")
        b = b[2:-2] if b.startswith(b"<~") else b[:-2]
    out = bytearray()
    group = []
    # Digits that are missing at the end are the greatest.
    for digit in b + b"u" * 4:
        if 33 <= digit <= 117:
            group.append(digit)
            if len(group) == 5:
                word = 0
                for digit in group:
                    word = word * 85 + digit - 33
                if word >> 32:
                    raise ValueError("Ascii85 overflow")
                out += word.to_bytes(4)
                group = []
        elif digit == 122:
            if group:
                raise ValueError("z inside Ascii85 5-tuple")
            out += bytes(4)
        elif foldspaces and digit == 121:
            if group:
                raise ValueError("y inside Ascii85 5-tuple")
            out += b"    "
        elif digit not in ignorechars:
            raise ValueError("Non-Ascii85 digit found: %c" % digit)
    padding = 4 - len(group)
    if padding:
        del out[-padding:]
    return bytes(out)


_B85 = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"
_Z85 = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#"


def _85decode(b, digits, name):
    values = {digit: value for value, digit in enumerate(digits)}
    b = _as_bytes(b)
    padding = -len(b) % 5
    b = b + digits[-1:] * padding
    out = bytearray()
    for at in range(0, len(b), 5):
        word = 0
        for index, digit in enumerate(b[at:at + 5], at):
            if digit not in values:
                raise ValueError("bad %s character at position %d" % (name, index))
            word = word * 85 + values[digit]
        if word >> 32:
            raise ValueError("%s overflow in hunk starting at byte %d" % (name, at))
        out += word.to_bytes(4)
    if padding:
        del out[-padding:]
    return bytes(out)


def b85encode(b, pad=False):
    """Encode bytes-like object b in base85 format and return a bytes object."""
    return _85encode(b, _B85, pad)


def b85decode(b):
    """Decode the base85-encoded bytes-like object or ASCII string b."""
    return _85decode(b, _B85, "base85")


def z85encode(s):
    """Encode bytes-like object b in z85 format and return a bytes object."""
    return _85encode(s, _Z85)


def z85decode(s):
    """Decode the z85-encoded bytes-like object or ASCII string b."""
    return _85decode(s, _Z85, "z85")


# MIME: lines of 76 characters

def encode(input, output):
    """Encode a file; input and output are binary files."""
    while s := input.read(MAXBINSIZE):
        while len(s) < MAXBINSIZE and (more := input.read(MAXBINSIZE - len(s))):
            s += more
        output.write(binascii.b2a_base64(s))


def decode(input, output):
    """Decode a file; input and output are binary files."""
    while line := input.readline():
        output.write(binascii.a2b_base64(line))


def _check_single_bytes(s):
    try:
        view = memoryview(s)
    except TypeError as error:
        raise TypeError("expected bytes-like object, not %s" % s.__class__.__name__) from error
    if view.format not in ("c", "b", "B"):
        raise TypeError("expected single byte elements, not %r from %s" % (view.format, s.__class__.__name__))
    if view.ndim != 1:
        raise TypeError("expected 1-D data, not %d-D data from %s" % (view.ndim, s.__class__.__name__))


def encodebytes(s):
    """Encode a bytestring into a bytes object containing multiple lines of base-64 data."""
    _check_single_bytes(s)
    return b"".join(binascii.b2a_base64(s[at:at + MAXBINSIZE]) for at in range(0, len(s), MAXBINSIZE))


def decodebytes(s):
    """Decode a bytestring of base-64 data into a bytes object."""
    _check_single_bytes(s)
    return binascii.a2b_base64(s)


def main():
    """`python -m base64`: a file, or standard input, encoded or decoded."""
    import sys
    convert, given = encode, sys.argv[1:]
    usage = (f"usage: {sys.argv[0]} [-h|-d|-e|-u] [file|-]\n        -h: print this help message and exit\n"
             "        -d, -u: decode\n        -e: encode (default)")
    while given and given[0].startswith("-") and given[0] != "-":
        option = given.pop(0)
        if option == "--":
            break
        for letter in option[1:]:
            if letter not in "hdeu":
                print(f"option -{letter} not recognized\n{usage}", file=sys.stderr)
                sys.exit(2)
            if letter == "h":
                print(usage)
                return
            convert = encode if letter == "e" else decode
    if given and given[0] != "-":
        with open(given[0], "rb") as file:
            convert(file, sys.stdout.buffer)
    else:
        convert(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
