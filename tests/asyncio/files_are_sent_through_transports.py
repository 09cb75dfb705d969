# gilbox: -A
"""loop.sendfile and start_tls, which needs a context that only ssl makes."""

import asyncio, socket, tempfile, os, io
def short(e): return type(e).__name__, str(e)
async def main():
    loop = asyncio.get_running_loop()
    data = bytes(range(256)) * 3000
    path = tempfile.mktemp()
    with open(path, "wb") as f: f.write(data)
    got = []
    async def serve(r, w):
        got.append(await r.read()); w.close()
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async def send(file, *args, **kw):
        got.clear()
        r, w = await asyncio.open_connection("127.0.0.1", port)
        w.write(b"head:")
        try:
            n = await loop.sendfile(w.transport, file, *args, **kw)
        except Exception as e:
            n = short(e)
        w.write(b":tail")
        w.close(); await w.wait_closed()
        while not got: await asyncio.sleep(0.01)
        try: place = file.tell()
        except Exception as e: place = short(e)
        return n, len(got[0]), got[0][:10], got[0][-10:], place
    with open(path, "rb") as f:
        print(await send(f))
        print(await send(f, 10, 20))
        print(await send(f, 10, 0))
        print(await send(f, -1))
        print(await send(f, 0, -5))
        print(await send(f, "a"))
        print(await send(f, 0, 1.5))
        print(await send(f, len(data) - 5))
        print(await send(f, len(data) + 5))
        print(await send(f, fallback=False))
    print(await send(io.BytesIO(data), 5, 300000))
    print(await send(io.BytesIO(data), 5, 300000, fallback=False))
    with open(path) as f:
        print(await send(f))
    # a closing transport
    r, w = await asyncio.open_connection("127.0.0.1", port)
    w.close()
    with open(path, "rb") as f:
        try: await loop.sendfile(w.transport, f)
        except Exception as e: print(short(e))
        try: await loop.sendfile(object(), f)
        except Exception as e: print(short(e))
        class T(asyncio.Transport):
            def is_closing(self): return False
        try: await loop.sendfile(T(), f)
        except Exception as e: print(short(e)[0], short(e)[1][:60])
    r, w = await asyncio.open_connection("127.0.0.1", port)
    for start in (lambda: w.start_tls(None), lambda: w.start_tls(5, server_hostname="x"),
                  lambda: loop.start_tls(w.transport, w.transport.get_protocol(), "context")):
        try: await start()
        except Exception as e: print(short(e))
    w.close()
    # sending while writing is refused
    r, w = await asyncio.open_connection("127.0.0.1", port)
    with open(path, "rb") as f:
        t = asyncio.create_task(loop.sendfile(w.transport, f))
        await asyncio.sleep(0)
        try: w.write(b"x"); 
        except Exception as e: print(short(e))
        print(await t)
    w.close()
    # the reader pauses and goes on
    async def echo(r, w):
        w.write(b"pre"); await r.readexactly(3)
        with open(path, "rb") as f: n = await loop.sendfile(w.transport, f)
        w.write(b"post"); print("sent", n); w.close()
    server2 = await asyncio.start_server(echo, "127.0.0.1", 0)
    r, w = await asyncio.open_connection("127.0.0.1", server2.sockets[0].getsockname()[1])
    w.write(b"abc"); d = await r.read(); print(len(d), d[:6], d[-6:]); w.close()
    server.close(); server2.close()
    os.remove(path)
asyncio.run(main())
