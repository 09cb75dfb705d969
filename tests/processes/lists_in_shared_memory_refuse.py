"""What a ShareableList does not take; a number that does not fit leaves zeros, as struct.pack_into does."""

import struct
from multiprocessing.shared_memory import ShareableList

items = ShareableList(["abc", 1, b"xyz", 2.5, None, True])
for index, value in ((0, "abcdefghijklmnop"), (2, b"x" * 30), (1, 2**70), (0, "hello" * 10), (9, 1), (0, "a\0"),
                     (3, "longer than eight"), (1, "x"), (4, "yy"), (5, 2.5), (3, []), (-1, 3)):
    try:
        items[index] = value
        print(list(items))
    except Exception as error:
        print(type(error).__name__, error, list(items))
items.shm.close()
items.shm.unlink()

buffer = bytearray(b"x" * 20)
for format, values in (("<qq", (1, 2**70)), ("<4sH", (b"abcd", -1)), ("<qq", (2**70, 1)), ("<q", (1, 2))):
    try:
        struct.pack_into(format, buffer, 2, *values)
    except struct.error as error:
        print(error, bytes(buffer))
