# gilbox: -A
"""What transports and the sockets of transports say of themselves, and what the latter refuse."""

import asyncio
import os
import socket


async def main():
    loop = asyncio.get_running_loop()
    r, w = os.pipe()
    t, p = await loop.connect_read_pipe(asyncio.Protocol, os.fdopen(r, "rb", 0)); print(repr(t).replace(str(r), "N")); t.pause_reading(); print(repr(t).replace(str(r), "N")); t.close(); print(repr(t).replace(str(r), "N")); await asyncio.sleep(.01); print(repr(t).replace(str(r), "N"))
    r, w = os.pipe()
    t, p = await loop.connect_write_pipe(asyncio.Protocol, os.fdopen(w, "wb", 0)); print(repr(t).replace(str(w), "N")); t.write(b"x" * 100000); print(repr(t).replace(str(w), "N")); t.close(); print(repr(t).replace(str(w), "N")); t.abort(); await asyncio.sleep(.01); print(repr(t).replace(str(w), "N"))
    a, b = socket.socketpair(); fd = a.fileno()
    t, p = await loop.create_connection(asyncio.Protocol, sock=a); print(repr(t).replace(str(fd), "N")); t.pause_reading(); print(repr(t).replace(str(fd), "N")); t.write(b"y" * 1000000); print(repr(t).replace(str(fd), "N").split("bufsize")[0]); t.write_eof(); t.close(); print(repr(t).replace(str(fd), "N").split("bufsize")[0]); t.abort(); await asyncio.sleep(.01); print(repr(t).replace(str(fd), "N"))
    s = t.get_extra_info("socket"); print(type(s), [n for n in dir(s) if not n.startswith("_")])
    s = await asyncio.start_server(print, "127.0.0.1", 0); k = s.sockets[0]; print(k.family, k.type, k.proto, type(k).__module__, type(k).__name__, k.gettimeout(), k.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR))
    for f in (lambda: k.accept(), lambda: k.settimeout(5), lambda: k.settimeout(0), lambda: k.setblocking(True), lambda: k.setblocking(False), lambda: k.recv(1), lambda: k == k, lambda: k.close(), lambda: type(k.dup()), lambda: k.__getstate__(), lambda: k.x, lambda: k.get_inheritable(), lambda: k.getpeername(), lambda: setattr(k, "y", 1), lambda: k.fileno() > 0):
        try: print(f())
        except Exception as e: print(type(e).__name__, e)
    s.close()
    print(s.sockets, repr(s))
    t, p = await loop.create_datagram_endpoint(asyncio.DatagramProtocol, local_addr=("127.0.0.1", 0)); print(repr(t).split(" ")[0], repr(t).split(" ", 2)[2]); t.close(); 
asyncio.run(main())
