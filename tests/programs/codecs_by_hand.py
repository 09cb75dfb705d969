"""Ciphers, run lengths, Huffman's code, packed structures: bytes in all their forms."""

import base64
import binascii
import hashlib
import heapq
import io
import itertools
import struct
import zlib
from collections import Counter
from string import ascii_lowercase, ascii_uppercase


def caesar(text, shift):
    shift %= 26
    table = str.maketrans(ascii_lowercase + ascii_uppercase, ascii_lowercase[shift:] + ascii_lowercase[:shift] + ascii_uppercase[shift:] + ascii_uppercase[:shift])
    return text.translate(table)


def run_lengths(data: bytes) -> bytes:
    out = bytearray()
    for value, group in itertools.groupby(data):
        count = sum(1 for _ in group)
        while count:
            out += bytes((min(count, 255), value))
            count -= min(count, 255)
    return bytes(out)


def from_run_lengths(data):
    if len(data) % 2:
        raise ValueError("an odd number of bytes")
    return b"".join(bytes([value]) * count for count, value in itertools.batched(data, 2))


def huffman(text):
    counter = itertools.count()
    heap = [(n, next(counter), letter) for letter, n in sorted(Counter(text).items())]
    heapq.heapify(heap)
    while len(heap) > 1:
        (n, _, a), (m, _, b) = heapq.heappop(heap), heapq.heappop(heap)
        heapq.heappush(heap, (n + m, next(counter), (a, b)))
    codes = {}

    def walk(tree, code):
        if isinstance(tree, tuple):
            for bit, part in enumerate(tree):
                walk(part, f"{code}{bit}")
        else:
            codes[tree] = code or "0"

    walk(heap[0][2], "")
    return codes


class Header(struct.Struct):
    def __init__(self):
        super().__init__(">4sHHId")

    def write(self, stream, *values):
        stream.write(self.pack(*values))

    def read(self, stream):
        data = stream.read(self.size)
        if len(data) < self.size:
            raise EOFError(f"{self.size - len(data)} bytes missing")
        return self.unpack(data)


def roman(number):
    if not 0 < number < 4000:
        raise ValueError(f"not a Roman number: {number}")
    text = ""
    for value, letters in zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "M CM D CD C XC L XL X IX V IV I".split()):
        count, number = divmod(number, value)
        text += letters * count
    return text


def varint(number):
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes(out + bytes([number]))


print(caesar("Hello, World!", 3), caesar(caesar("Zebra", 5), -5), caesar("é", 1))
packed = run_lengths(b"aaaabbbc" + b"\0" * 300)
print(packed, from_run_lengths(packed).count(0), len(packed))
codes = huffman("abracadabra")
print(sorted(codes.items(), key=lambda item: (len(item[1]), item)), sum(len(codes[c]) for c in "abracadabra"))
header, stream = Header(), io.BytesIO()
header.write(stream, b"GLBX", 3, 14, 2**32 - 1, 0.1)
stream.seek(0)
print(header.size, header.format, header.read(stream), stream.getvalue().hex(" ", 4))
for attempt in [lambda: header.read(stream), lambda: header.pack(b"x", -1, 0, 0, 0), lambda: header.pack(b"x"), lambda: struct.unpack("<I", b"abc"),
                lambda: from_run_lengths(b"abc"), lambda: roman(4000), lambda: binascii.unhexlify("abc"), lambda: base64.b64decode("a"),
                lambda: bytes([256]), lambda: b"abc".decode("utf-16"), lambda: "ü".encode("ascii"), lambda: zlib.decompress(b"nothing")]:
    try:
        print(attempt())
    except Exception as error:
        print(f"{type(error).__module__}.{type(error).__name__}: {error}".removeprefix("builtins."))
print([roman(n) for n in (1, 4, 9, 14, 40, 90, 400, 1994, 3999)], [varint(n).hex() for n in (0, 127, 128, 300, 2**32)])
text = "Zwölf Boxkämpfer jagen Viktor".encode()
print(base64.b64encode(text), base64.b32encode(b"gil"), base64.b85encode(b"lock"), binascii.crc32(text), zlib.adler32(text))
print(hashlib.sha256(text).hexdigest()[:16], hashlib.md5(text, usedforsecurity=False).hexdigest(), zlib.decompress(zlib.compress(text * 9, 9)) == text * 9)
view = memoryview(bytearray(range(16)))
view[2:4] = b"\xff\xfe"
print(view[::5].tolist(), view.cast("I")[0], bytes(view[:4]), view.cast("B", [4, 4])[1, 2], int.from_bytes(view[1:3], "little", signed=True), (-2).to_bytes(3, signed=True))
print(bytes.fromhex("00 ff 7f").translate(bytes(reversed(range(256)))), b"%s=%05.1f|%x" % (b"k", 3.14159, 255), b"a,b;c".replace(b";", b",").split(b","))
