"""Threads write to one file, read from one file and share streams in memory: no line is torn, none is lost."""

import io
import os
import threading

THREADS, LINES = 4, 300


def together(work):
    threads = [threading.Thread(target=work, args=(n,)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


# A pipe in place of a file, which would need permission.
reader, writer = os.pipe()
got = []
collector = threading.Thread(target=lambda: got.extend(open(reader)))
collector.start()
out = open(writer, "w", buffering=1)


def print_lines(n):
    for i in range(LINES):
        print(n, i, "x" * (i % 50), file=out)


together(print_lines)
out.close()
collector.join()
want = sorted(f"{n} {i} {'x' * (i % 50)}\n" for n in range(THREADS) for i in range(LINES))
assert sorted(got) == want, (len(got), len(want))
for n in range(THREADS):
    own = [line for line in got if line.startswith(f"{n} ")]
    assert [int(line.split()[1]) for line in own] == list(range(LINES)), "a thread's lines out of order"

# Everybody reads from one buffer: each line goes to one thread.
source = io.BufferedReader(io.BytesIO(b"".join(b"%d\n" % i for i in range(THREADS * LINES))), 64)
taken = []


def read_lines(n):
    while line := source.readline():
        taken.append(int(line))


together(read_lines)
assert sorted(taken) == list(range(THREADS * LINES)), len(taken)

# Streams in memory take each write whole.
text, data = io.StringIO(), io.BytesIO()


def write_both(n):
    for i in range(LINES):
        text.write(f"<{n}:{i}>")
        data.write(b"<%d:%d>" % (n, i))


together(write_both)
assert text.getvalue().count("<") == len(set(text.getvalue().split("<"))) - 1, "writes were torn"
assert data.getvalue().count(b">") <= THREADS * LINES
print("ok")
