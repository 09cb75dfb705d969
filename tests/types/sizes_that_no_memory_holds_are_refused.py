"""Sizes that no memory holds, and no program can ask for: an exception each, at once."""

import array
import collections
import io
import itertools
import os
import random
import struct

attempts = {
    "a field of an int": lambda n: f"{1:{n}}",
    "a field of a string": lambda n: f"{'a':{n}}",
    "a field of a float": lambda n: f"{1.5:{n}}",
    "decimals": lambda n: f"{1.5:.{n}f}",
    "a field of a complex": lambda n: f"{1j:{n}}",
    "format": lambda n: "{:{}}".format(1, n),
    "percent d": lambda n: f"%{n}d" % 1,
    "percent star": lambda n: "%*d" % (n, 1),
    "percent s": lambda n: f"%{n}s" % 1,
    "percent f": lambda n: f"%.{n}f" % 1,
    "percent of bytes": lambda n: f"%{n}d".encode() % 1,
    "ljust": lambda n: "x".ljust(n),
    "rjust": lambda n: "x".rjust(n),
    "center": lambda n: "x".center(n),
    "zfill": lambda n: "x".zfill(n),
    "ljust of bytes": lambda n: b"x".ljust(n),
    "zfill of a bytearray": lambda n: bytearray(b"x").zfill(n),
    "tabs": lambda n: "a\tb".expandtabs(n),
    "a string": lambda n: "x" * n,
    "an empty string": lambda n: "" * n,
    "bytes": lambda n: b"x" * n,
    "a bytearray": lambda n: bytearray(b"xy") * n,
    "a list": lambda n: [0] * n,
    "an empty list": lambda n: [] * n,
    "a tuple": lambda n: (0,) * n,
    "an array": lambda n: array.array("d", [1]) * n,
    "new bytes": lambda n: bytes(n),
    "a new bytearray": lambda n: bytearray(n),
    "a shift": lambda n: 1 << n,
    "a shift of zero": lambda n: 0 << n,
    "a shift to the right": lambda n: 5 >> n,
    "a power of one": lambda n: 1**n,
    "to_bytes": lambda n: (1).to_bytes(n, "big"),
    "tee": lambda n: itertools.tee([1], n),
    "product": lambda n: itertools.product([1, 2], repeat=n),
    "a deque's room": lambda n: collections.deque([], n),
    "urandom": lambda n: os.urandom(n),
    "a struct": lambda n: struct.pack(f"{n}x"),
    "reading": lambda n: io.BytesIO(b"ab").read(n),
}

for size in (2**62, 2**63, 10**20):
    print(size)
    for name, attempt in attempts.items():
        try:
            print(f"  {name}: {type(attempt(size)).__name__}")
        except (MemoryError, OverflowError, ValueError, struct.error) as error:
            print(f"  {name}: {type(error).__name__} {error}")

# Which of the two is a matter of how integers are kept.
for attempt in (
    lambda: 1 << 2**63 - 1,
    lambda: -1 << 2**63 - 1,
    lambda: random.getrandbits(2**62),
    lambda: random.getrandbits(10**20),
    lambda: f"%.{2**62}d" % 1,
    lambda: io.BytesIO(b"ab").write(b"x" * 2**62),
    lambda: "xyz" * 2**62,
    lambda: bytes(2**63 - 1),
    lambda: os.urandom(2**63 - 1),
):
    try:
        print(type(attempt()).__name__)
    except (MemoryError, OverflowError, ValueError):
        print("too much")
