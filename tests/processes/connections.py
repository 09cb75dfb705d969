"""Pipes and connections: bytes through them, their ends and errors."""
import multiprocessing
import os
import threading
from multiprocessing import connection

ctx = multiprocessing.get_context("fork")


def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except BaseException as e:
            print(type(e).__name__, e)


reader, writer = ctx.Pipe(duplex=False)
print(type(reader).__name__, reader.readable, reader.writable, writer.readable, writer.writable, reader.closed)
attempt(lambda: reader.send_bytes(b"x"), lambda: writer.recv_bytes(), lambda: writer.poll(), lambda: reader.poll())
writer.send_bytes(b"hello")
print(reader.poll(), reader.recv_bytes())
writer.send_bytes(b"hello", 1)
writer.send_bytes(b"hello", 1, 3)
writer.send_bytes(bytearray(b""))
writer.send_bytes(memoryview(b"abcd")[::1])
print([reader.recv_bytes() for _ in range(4)])
attempt(lambda: writer.send_bytes(b"ab", -1), lambda: writer.send_bytes(b"ab", 3), lambda: writer.send_bytes(b"ab", 1, -1),
        lambda: writer.send_bytes(b"ab", 1, 2), lambda: writer.send_bytes("ab"))
writer.send_bytes(b"0123456789")
room = bytearray(12)
print(reader.recv_bytes_into(room, 1), room)
writer.send_bytes(b"0123456789")
try:
    reader.recv_bytes_into(bytearray(5))
except multiprocessing.BufferTooShort as e:
    print("too short", e.args)
attempt(lambda: reader.recv_bytes_into(room, -1), lambda: reader.recv_bytes_into(room, 13), lambda: reader.recv_bytes(-1))
writer.send_bytes(b"0123456789")
attempt(lambda: reader.recv_bytes(5), lambda: reader.closed)
print(isinstance(writer.fileno(), int))
attempt(lambda: writer.send_bytes(b"nobody reads"))
writer.close()
writer.close()
attempt(lambda: writer.fileno(), lambda: writer.send_bytes(b""), lambda: writer.closed)

# Large messages in both directions, one end in a child.
here, there = ctx.Pipe()
large = bytes(range(256)) * 4096


def answer():
    here.close()
    with there:
        while True:
            try:
                message = there.recv_bytes()
            except EOFError:
                return
            there.send_bytes(message[::-1])


p = ctx.Process(target=answer)
p.start()
there.close()
for message in (b"abc", large, b"", b"z"):
    here.send_bytes(message)
    print(here.poll(10), here.recv_bytes() == message[::-1])
print(here.poll(0.01))
here.close()
p.join()
print(p.exitcode)

# A child that dies in the middle.
here, there = ctx.Pipe()


def die():
    os.write(there.fileno(), b"\0\0\0\x10half")
    os._exit(0)


p = ctx.Process(target=die)
p.start()
there.close()
attempt(lambda: here.recv_bytes(), lambda: here.recv_bytes())
p.join()

# Waiting for several.
pairs = [ctx.Pipe(duplex=False) for _ in range(3)]
print(connection.wait([r for r, _ in pairs], 0))
pairs[1][1].send_bytes(b"1")
print([pairs[1][0]] == connection.wait([r for r, _ in pairs]), connection.wait([]  , 0.01))
pairs[2][1].close()
ready = connection.wait([r for r, _ in pairs])
print([r in ready for r, _ in pairs])
attempt(lambda: connection.Connection(-1), lambda: connection.Connection(1, False, False))
with pairs[0][0] as r:
    pass
print(r.closed)
print(multiprocessing.Pipe is not None, connection.address_type(("a", 1)), connection.address_type("/x"))
attempt(lambda: connection.address_type(5), lambda: connection.Listener(("h", 1), authkey="text"))
