# Compression by hand: Huffman codes, runs, a bit stream, a checksum; compared with zlib, and broken on purpose.
import base64
import binascii
import hashlib
import heapq
import io
import itertools
import string
import struct
import zlib
from array import array
from collections import Counter, defaultdict
from functools import reduce


class BitWriter:
    def __init__(self):
        self.data, self.bits, self.count = bytearray(), 0, 0

    def write(self, value, width):
        self.bits = self.bits << width | value & (1 << width) - 1
        self.count += width
        while self.count >= 8:
            self.count -= 8
            self.data.append(self.bits >> self.count & 0xFF)
        self.bits &= (1 << self.count) - 1

    def finish(self):
        padding = -self.count % 8
        self.write(0, padding)
        return bytes(self.data), padding


class BitReader:
    def __init__(self, data, padding):
        self.bits = "".join(f"{byte:08b}" for byte in data)
        self.bits = self.bits[:len(self.bits) - padding]

    def __iter__(self):
        return map(int, self.bits)


def lengths_of_codes(counts):
    """How many bits each symbol gets."""
    order = itertools.count()
    heap = [(count, next(order), {symbol: 0}) for symbol, count in sorted(counts.items())]
    if len(heap) == 1:
        return {symbol: 1 for symbol in heap[0][2]}
    heapq.heapify(heap)
    while len(heap) > 1:
        (n, _, left), (m, _, right) = heapq.heappop(heap), heapq.heappop(heap)
        merged = {symbol: depth + 1 for symbol, depth in (left | right).items()}
        heapq.heappush(heap, (n + m, next(order), merged))
    return heap[0][2] if heap else {}


def canonical(lengths):
    code, width, table = 0, 0, {}
    for length, symbol in sorted((length, symbol) for symbol, length in lengths.items()):
        code <<= length - width
        width = length
        table[symbol] = (code, width)
        code += 1
    return table


MAGIC = b"HUF1"
HEAD = struct.Struct(">4sIIBH")


class Corrupt(ValueError):
    pass


def compress(data):
    lengths = lengths_of_codes(Counter(data))
    table, out = canonical(lengths), BitWriter()
    for byte in data:
        out.write(*table[byte])
    body, padding = out.finish()
    codes = b"".join(struct.pack("BB", symbol, length) for symbol, length in sorted(lengths.items()))
    return HEAD.pack(MAGIC, len(data), zlib.crc32(data), padding, len(lengths)) + codes + body


def decompress(packed):
    try:
        magic, size, checksum, padding, count = HEAD.unpack_from(packed)
    except struct.error as error:
        raise Corrupt(str(error)) from error
    if magic != MAGIC:
        raise Corrupt(f"not packed: {magic!r}")
    start = HEAD.size + 2 * count
    lengths = dict(struct.iter_unpack("BB", packed[HEAD.size:start]))
    symbols = {f"{code:0{width}b}": symbol for symbol, (code, width) in canonical(lengths).items()}
    data, word = bytearray(), ""
    for bit in BitReader(packed[start:], padding):
        word += str(bit)
        if word in symbols:
            data.append(symbols[word])
            word = ""
    if len(data) != size:
        raise Corrupt(f"{len(data)} bytes instead of {size}")
    if zlib.crc32(data) != checksum:
        raise Corrupt(f"checksum {zlib.crc32(data):#010x} instead of {checksum:#010x}")
    return bytes(data)


def runs(data):
    return b"".join(struct.pack("BB", byte, len(part)) for byte, group in itertools.groupby(data)
                    for part in itertools.batched(group, 255))


def unruns(packed):
    return b"".join(bytes([byte]) * count for byte, count in itertools.batched(packed, 2))


TEXT = ("It is a truth universally acknowledged, that a single man in possession of a good fortune, must be in want of a "
        "wife. ").encode() * 3
for name, data in [("text", TEXT), ("one", b"aaaaaaaa"), ("empty", b""), ("all", bytes(range(256))),
                   ("runs", b"a" * 300 + b"b" * 20), ("words", array("H", range(0, 2000, 7)).tobytes())]:
    packed = compress(data)
    assert decompress(packed) == data, name
    assert unruns(runs(data)) == data, name
    assert zlib.decompress(zlib.compress(data, 9)) == data
    print(f"{name:<6} {len(data):>5} huffman {len(packed):>5} runs {len(runs(data)):>5} ratio "
          f"{len(packed) / max(1, len(data)):>7.1%} {hashlib.sha256(packed).hexdigest()[:12]}")
table = canonical(lengths_of_codes(Counter(TEXT)))
print({chr(symbol): f"{code:0{width}b}" for symbol, (code, width) in sorted(table.items(), key=lambda kv: kv[1][::-1])[:8]})
print(all(not b.startswith(a) for a, b in itertools.permutations([f"{c:0{w}b}" for c, w in table.values()], 2)))
packed = compress(TEXT)
broken = bytearray(packed)
broken[-10] ^= 0x55
for wrong in (b"", packed[:8], b"ZIP!" + packed[4:], packed[:-5], bytes(broken)):
    try:
        decompress(wrong)
    except Corrupt as error:
        print(f"{error} <- {type(error.__cause__).__name__ if error.__cause__ else None}")
print("--- texts")
print(base64.b64encode(packed[:30]).decode(), base64.b32encode(b"abc"), base64.b85encode(b"hello"), base64.b16encode(b"\xff"))
print(binascii.hexlify(packed[:8], "-", 2), bytes.fromhex("de ad be ef").hex(":"), binascii.crc32(TEXT) == zlib.crc32(TEXT))
print(reduce(lambda a, b: (a * 31 + b) % 2**32, TEXT), hashlib.md5(TEXT).hexdigest(), zlib.adler32(TEXT))
stream = zlib.compressobj(6)
parts = [stream.compress(TEXT[:100]), stream.compress(TEXT[100:]), stream.flush()]
undo = zlib.decompressobj()
print(b"".join(undo.decompress(part) for part in parts) == TEXT, undo.eof, undo.unused_data)
try:
    zlib.decompress(b"rubbish")
except zlib.error as error:
    print(error)
with io.BytesIO() as file:
    for number in (1, -2, 3.5):
        file.write(struct.pack("<d", number))
    file.seek(8)
    view = memoryview(file.getvalue()).cast("d")
    print(view.tolist(), struct.unpack("<d", file.read(8)), view.nbytes, view.format)
caesar = bytes.maketrans(string.ascii_lowercase.encode(), (string.ascii_lowercase[13:] + string.ascii_lowercase[:13]).encode())
print(TEXT[:30].translate(caesar), TEXT[:30].translate(caesar).translate(caesar) == TEXT[:30], TEXT[:20].translate(None, b"aeiou"))
by_length = defaultdict(list)
for symbol, (_, width) in table.items():
    by_length[width].append(chr(symbol))
print({width: "".join(sorted(symbols)) for width, symbols in sorted(by_length.items())})
