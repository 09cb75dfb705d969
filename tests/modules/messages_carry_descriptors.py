import array
import os
import socket
import tempfile


def attempt(call, *args):
    try:
        return call(*args)
    except Exception as exc:
        return f"{type(exc).__name__}: {exc}"


a, b = socket.socketpair()
print(a.sendmsg([b"one ", bytearray(b"two "), memoryview(b"three")]), b.recvmsg(100))
print(a.sendmsg([]), a.sendmsg([b"x" * 10]), b.recvmsg(4), b.recvmsg(100)[0])

# Descriptors go along.
reader, writer = os.pipe()
print(socket.send_fds(a, [b"take ", b"these"], [reader, writer]))
data, fds, flags, address = socket.recv_fds(b, 100, 5)
print(data, len(fds), set(fds) & {reader, writer}, flags, address)
os.write(fds[1], b"through the pipe")
print(os.read(fds[0], 100), os.get_inheritable(fds[0]))
os.close(reader)
os.close(writer)
os.write(fds[1], b"still open")
print(os.read(fds[0], 100))

# By hand.
rights = array.array("i", fds)
print(a.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)]))
data, ancillary, flags, address = b.recvmsg(10, socket.CMSG_SPACE(rights.itemsize * 2))
level, kind, content = ancillary[0]
got = array.array("i", content)
print(data, len(ancillary), level == socket.SOL_SOCKET, kind == socket.SCM_RIGHTS, len(got))
for number in (*fds, *got):
    os.close(number)

# There is no room for them, or not for all.
reader, writer = os.pipe()
socket.send_fds(a, [b"y"], [reader, writer])
data, ancillary, flags, address = b.recvmsg(10)
print(data, ancillary, flags == socket.MSG_CTRUNC)
socket.send_fds(a, [b"z"], [reader, writer])
data, fds, flags, address = socket.recv_fds(b, 10, 1)
print(data, len(fds) in (1, 2), len(fds))
for number in (reader, writer, *fds):
    os.close(number)

# Into buffers.
a.send(b"0123456789")
buffers = [bytearray(3), bytearray(4), bytearray(10)]
print(b.recvmsg_into(buffers), buffers)
a.send(b"abc")
print(b.recvmsg_into([memoryview(buffers[2])[5:]], 100), buffers[2])

# Sizes.
print(socket.CMSG_LEN(0), socket.CMSG_LEN(5), socket.CMSG_SPACE(0), socket.CMSG_SPACE(5), socket.CMSG_SPACE(8))
print(attempt(socket.CMSG_LEN, -1), attempt(socket.CMSG_SPACE, 2 ** 40), sep=" | ")

# Datagrams, cut off.
c, d = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
c.sendmsg([b"a long ", b"message"])
data, ancillary, flags, address = d.recvmsg(6)
print(data, ancillary, flags == socket.MSG_TRUNC)
d.setblocking(False)
print(attempt(d.recvmsg, 10))

# What is wrong.
print(attempt(a.sendmsg, 3))
print(attempt(a.sendmsg, [3]))
print(attempt(a.sendmsg, [b"x"], [3]))
print(attempt(a.sendmsg, [b"x"], [(1, 2)]))
print(attempt(socket.send_fds, a, [b"x"], [-1]))
print(attempt(b.recvmsg, -1))
print(attempt(b.recvmsg, 1, -1))
print(attempt(b.recvmsg_into, [b"read-only"]))
for end in (a, b, c, d):
    end.close()
