"""Binary formats by hand: struct, bytes methods, memoryview, bit fields, checksums, a tar-like archive and a PNG's chunks."""

import array
import base64
import binascii
import hashlib
import io
import itertools
import struct
import zlib
from collections import namedtuple
from enum import IntFlag

HEADER = struct.Struct("<4sHHIq")
Entry = namedtuple("Entry", "name flags size checksum data")


class Flags(IntFlag):
    NONE = 0
    PACKED = 1
    HIDDEN = 2
    TEXT = 8


class Archive:
    MAGIC = b"ARC\x01"

    def __init__(self):
        self.entries = {}

    def add(self, name, data, flags=Flags.NONE):
        if isinstance(data, str):
            data, flags = data.encode(), flags | Flags.TEXT
        packed = zlib.compress(data, 9) if flags & Flags.PACKED else data
        self.entries[name] = Entry(name, flags, len(data), zlib.crc32(data), packed)

    def dump(self):
        out = io.BytesIO()
        out.write(HEADER.pack(self.MAGIC, 1, len(self.entries), 0, -1))
        for entry in self.entries.values():
            name = entry.name.encode()
            out.write(struct.pack(f">B{len(name)}sBII", len(name), name, entry.flags, entry.size, entry.checksum))
            out.write(len(entry.data).to_bytes(3, "big") + entry.data)
            if pad := -out.tell() % 4:
                out.write(bytes(pad))
        size = out.tell()
        out.seek(HEADER.size - 12)
        out.write(struct.pack("<I", size))
        return out.getvalue()

    @classmethod
    def load(cls, raw):
        view = memoryview(raw)
        magic, version, count, size, end = HEADER.unpack_from(view)
        if magic != cls.MAGIC:
            raise ValueError(f"not an archive: {magic!r}")
        if size != len(view):
            raise EOFError(f"{size} bytes wanted, {len(view)} there")
        archive, at = cls(), HEADER.size
        for _ in range(count):
            length = view[at]
            name, flags, size, checksum = struct.unpack_from(f">{length}sBII", view, at + 1)
            at += 1 + length + 9
            packed = int.from_bytes(view[at : at + 3], "big")
            data = view[at + 3 : at + 3 + packed]
            at += 3 + packed
            at += -at % 4
            data = zlib.decompress(data) if flags & Flags.PACKED else bytes(data)
            if zlib.crc32(data) != checksum:
                raise ValueError(f"{name.decode()} is damaged")
            archive.add(name.decode(), data, Flags(flags))
        return archive


def png(width, height, pixel):
    def chunk(kind, data):
        return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", binascii.crc32(kind + data))

    rows = b"".join(b"\0" + bytes(itertools.chain.from_iterable(pixel(x, y) for x in range(width))) for y in range(height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack("!2I5B", width, height, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def chunks(image):
    at = 8
    while at < len(image):
        (length,), kind = struct.unpack_from("!I", image, at), image[at + 4 : at + 8]
        yield kind.decode(), length, image[at + 8 + length : at + 12 + length].hex(":")
        at += 12 + length


def varint(n):
    out = bytearray()
    while True:
        n, low = n >> 7, n & 0x7F
        out.append(low | (0x80 if n else 0))
        if not n:
            return bytes(out)


def hexdump(data, width=16):
    for at in range(0, len(data), width):
        row = data[at : at + width]
        text = "".join(chr(b) if 32 <= b < 127 else "." for b in row)
        print(f"{at:06x}  {row.hex(' ', 2):<{width * 5 // 2}} {text}")


archive = Archive()
archive.add("hello.txt", "hello, wörld\n" * 3)
archive.add("zeros", bytes(1000), Flags.PACKED | Flags.HIDDEN)
raw = archive.dump()
hexdump(raw)
again = Archive.load(raw)
print([(e.name, e.flags, e.size, f"{e.checksum:08x}") for e in again.entries.values()], again.dump() == raw)
for damaged in (b"XXXX" + raw[4:], raw[:-4], raw[:40].replace(b"hello", b"jello") + raw[40:], raw[:60] + b"?" + raw[61:], b"short"):
    try:
        Archive.load(damaged)
        print("fine")
    except (ValueError, EOFError, struct.error) as error:
        print(type(error).__name__, error)
image = png(8, 4, lambda x, y: (x * 32, y * 64, (x ^ y) * 16))
print(len(image) > 60, [c[:2] for c in chunks(image)][::2], list(chunks(image))[0], hashlib.sha256(zlib.decompress(image[41:41 + struct.unpack("!I", image[33:37])[0]])).hexdigest()[:16])
print([varint(n).hex() for n in (0, 1, 127, 128, 300, 1 << 35)])
print(struct.calcsize("@bhilq"), struct.calcsize("=bhilq"), struct.unpack("<3sx?e", struct.pack("<3sx?e", b"ab", 3, 1.5)), list(struct.iter_unpack("<h", bytes(range(6)))))
for wrong in (lambda: struct.pack("B", 256), lambda: struct.pack("<H", "a"), lambda: struct.unpack("<I", b"abc"), lambda: struct.pack("2s", 3), lambda: struct.Struct("y"), lambda: struct.pack("<bb", 1), lambda: struct.pack("<i", 1 << 40), lambda: struct.pack("d", "x"), lambda: (300).to_bytes(1), lambda: (-1).to_bytes(2), lambda: bytes([256]), lambda: bytes.fromhex("0g"), lambda: zlib.decompress(b"nonsense"), lambda: base64.b64decode("abc"), lambda: binascii.unhexlify("abc")):
    try:
        print(wrong())
    except Exception as error:
        print(f"{type(error).__module__}.{type(error).__name__}: {error}")
view = memoryview(bytearray(range(24)))
grid = view.cast("H", shape=[3, 4])
print(grid.shape, grid.strides, grid[1, 2], grid.tolist()[2], view[::-3].tolist(), view[2:5].hex("-"), view.readonly)
view[0:4] = b"\xff" * 4
floats = array.array("f", [1.5, -2.25])
floats.extend([3, 4])
floats.byteswap()
print(bytes(view[:6]), floats.tobytes().hex(), floats.itemsize, array.array("i", range(3)) + array.array("i", [9]))
text = bytearray(b"the quick brown fox")
text[4:9] = b"slow"
del text[:4]
text += b"!" * 3
print(text, text.translate(bytes.maketrans(b"so", b"50"), b"!"), text.split(), text.partition(b"br"), text.rjust(22, b"."), text.count(b"o"), text.find(b"w", 3))
print(base64.b64encode(b"\xfb\xff" * 3), base64.urlsafe_b64encode(b"\xfb\xff"), base64.b32encode(b"hi"), base64.b85encode(b"hello"), base64.a85encode(b"hello"), binascii.b2a_hex(b"ab", "-"))
print(hashlib.md5(b"a").hexdigest(), hashlib.blake2b(b"a", digest_size=6).hexdigest(), hashlib.new("sha1", b"a").hexdigest()[:10], zlib.adler32(b"abc"), hashlib.sha3_256().name)
print(Flags(11), Flags.PACKED | 2, Flags(16), ~Flags.TEXT, Flags.TEXT in Flags(9), [f.name for f in Flags(3)], int(Flags(3)) + 1)
