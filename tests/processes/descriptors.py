"""Pipes, duplicates, and which descriptors programs inherit."""
import os

reader, writer = os.pipe()
print(os.get_inheritable(reader), os.get_inheritable(0))
os.set_inheritable(reader, True)
print(os.get_inheritable(reader))
copy = os.dup(reader)
print(os.get_inheritable(copy))
print(os.dup2(copy, 100), os.get_inheritable(100), os.dup2(copy, 101, inheritable=False), os.get_inheritable(101))
os.write(writer, b"abc")
print(os.read(100, 1), os.read(101, 1), os.read(copy, 1))
os.set_blocking(reader, False)
print(os.get_blocking(reader), os.get_blocking(writer))
try:
    os.read(reader, 1)
except BlockingIOError as e:
    print(repr(e))
os.closerange(100, 102)
for number in (100, 101):
    try:
        os.fstat(number)
    except OSError as e:
        print(repr(e))
one, other = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
print(os.get_blocking(one), os.get_inheritable(one))
os.close(writer)
print(os.read(reader, 1))
try:
    os.write(os.dup2(reader, 102), b"x")
except OSError as e:
    print(repr(e))
os.close(reader), os.close(copy), os.close(102)
try:
    os.write(other, b"x" * 10**6) and os.write(other, b"x")
except BlockingIOError as e:
    print(repr(e))
os.close(one)
try:
    os.write(other, b"x")
except BrokenPipeError as e:
    print(repr(e))
for wrong in (lambda: os.dup2(one, 5), lambda: os.close(one), lambda: os.dup(-1), lambda: os.dup2(other, -1)):
    try:
        wrong()
    except OSError as e:
        print(repr(e))
