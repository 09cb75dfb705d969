# gilbox: --allow-net
import asyncio
import socket
import threading
import time


def attempt(call):
    try:
        return call()
    except Exception as exc:
        return f"{type(exc).__name__}: {exc}"


def named(text):
    order.append(text)


order = []


async def main():
    loop = asyncio.get_running_loop()
    print(loop, loop.is_running(), loop.is_closed(), loop.get_debug(), loop is asyncio.get_event_loop())
    loop.call_later(0.02, named, "later")
    loop.call_later(0.01, named, "sooner")
    loop.call_at(loop.time() - 1, named, "overdue")
    loop.call_soon(named, "soon")
    handle = loop.call_soon(named, "never")
    print(handle, handle.cancelled())
    handle.cancel()
    print(handle, handle.cancelled())
    timer = loop.call_later(100, named, "never")
    print(timer.when() > loop.time() + 99, timer < loop.call_later(200, named, "never"))
    timer.cancel()
    loop.call_soon(named, "last")
    await asyncio.sleep(0.05)
    print(order)
    print(attempt(lambda: loop.call_later(None, named)), attempt(lambda: loop.call_at(None, named)))
    for call in (loop.run_forever, loop.close):
        print(attempt(call))

    # From other threads.
    order.clear()
    done = asyncio.Event()

    def other():
        time.sleep(0.01)
        loop.call_soon_threadsafe(named, "from a thread")
        loop.call_soon_threadsafe(done.set)

    thread = threading.Thread(target=other)
    thread.start()
    await done.wait()
    thread.join()
    print(order)
    print(await loop.run_in_executor(None, sum, [1, 2, 3]), await asyncio.to_thread(pow, 2, exp=5))

    def fail():
        raise KeyError("in a thread")

    try:
        await loop.run_in_executor(None, fail)
    except KeyError as exc:
        print(repr(exc))

    async def answer(value):
        await asyncio.sleep(0)
        return value

    def ask(results):
        future = asyncio.run_coroutine_threadsafe(answer("asked"), loop)
        results.append(future.result(timeout=10))

    results = []
    await asyncio.to_thread(ask, results)
    print(results)

    # Readers and writers.
    a, b = socket.socketpair()
    a.setblocking(False), b.setblocking(False)
    got = loop.create_future()
    loop.add_reader(b, lambda: got.done() or got.set_result(b.recv(10)))
    loop.call_later(0.01, a.send, b"hello")
    print(await got, loop.remove_reader(b), loop.remove_reader(b))
    can_write = loop.create_future()
    loop.add_writer(a, lambda: can_write.done() or can_write.set_result("writable"))
    print(await can_write, loop.remove_writer(a))
    receiving = asyncio.create_task(loop.sock_recv(b, 100))
    await asyncio.sleep(0)
    await loop.sock_sendall(a, b"x" * 50)
    print(len(await receiving))
    big = asyncio.create_task(loop.sock_sendall(a, b"y" * 1_000_000))
    count = 0
    while count < 1_000_000:
        count += len(await loop.sock_recv(b, 65536))
    await big
    print(count)
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setblocking(False)
    client = socket.socket()
    client.setblocking(False)
    accepting = asyncio.create_task(loop.sock_accept(listener))
    await loop.sock_connect(client, listener.getsockname())
    server, address = await accepting
    print(address == client.getsockname(), server.gettimeout())
    for sock in (a, b, client, server, listener):
        sock.close()

    # Protocols and transports.
    log = []

    class Upper(asyncio.Protocol):
        def connection_made(self, transport):
            self.transport = transport

        def data_received(self, data):
            self.transport.write(data.upper())

        def connection_lost(self, exc):
            log.append(("server lost", exc))

    class Client(asyncio.Protocol):
        def __init__(self):
            self.answer = loop.create_future()
            self.lost = loop.create_future()

        def connection_made(self, transport):
            transport.write(b"shout")

        def data_received(self, data):
            self.answer.set_result(data)

        def connection_lost(self, exc):
            self.lost.set_result(exc)

    server = await loop.create_server(Upper, "127.0.0.1", 0)
    transport, protocol = await loop.create_connection(Client, *server.sockets[0].getsockname())
    print(await protocol.answer, transport.get_extra_info("peername") == server.sockets[0].getsockname())
    print(transport.is_closing(), transport.get_write_buffer_size(), transport.get_write_buffer_limits(), transport.is_reading())
    transport.close()
    print(await protocol.lost, transport.is_closing())
    server.close()
    await server.wait_closed()
    print(log)

    # Datagrams.
    class Datagrams(asyncio.DatagramProtocol):
        def __init__(self):
            self.received = loop.create_future()

        def connection_made(self, transport):
            self.transport = transport

        def datagram_received(self, data, addr):
            if not self.received.done():
                self.received.set_result(data)
            if data == b"ping":
                self.transport.sendto(b"pong", addr)

    there, receiver = await loop.create_datagram_endpoint(Datagrams, local_addr=("127.0.0.1", 0))
    here, sender = await loop.create_datagram_endpoint(Datagrams, remote_addr=there.get_extra_info("sockname"))
    here.sendto(b"ping")
    print(await receiver.received, await sender.received)
    here.close(), there.close()
    await asyncio.sleep(0)

    # What goes wrong in a callback.
    told = []
    loop.set_exception_handler(lambda loop, context: told.append(context))
    loop.call_soon(lambda: 1 / 0)
    await asyncio.sleep(0)
    print(sorted(told[0]), told[0]["message"].split(" at ")[0], repr(told[0]["exception"]))
    loop.set_exception_handler(None)
    print(attempt(lambda: loop.set_exception_handler(3)), attempt(lambda: loop.set_task_factory(3)))
    made = []

    def factory(loop, coro, **kwargs):
        made.append(kwargs)
        return asyncio.Task(coro, loop=loop, **kwargs)

    loop.set_task_factory(factory)
    print(await asyncio.create_task(answer(1), name="by the factory"), made[0]["name"], loop.get_task_factory() is factory)
    loop.set_task_factory(asyncio.eager_task_factory)
    task = asyncio.create_task(asyncio.sleep(-1, "no, once"))

    async def at_once():
        return "at once"

    eager = asyncio.create_task(at_once())
    print(eager.done(), eager.result(), await task)
    loop.set_task_factory(None)


asyncio.run(main())

loop = asyncio.new_event_loop()
print(loop.run_until_complete(asyncio.sleep(0, "by hand")))
loop.call_soon(loop.stop)
loop.call_soon(print, "one round more")
loop.run_forever()
print(attempt(lambda: loop.run_until_complete(3)))


async def stops():
    loop.stop()
    await asyncio.sleep(10)


task = loop.create_task(stops())
print(attempt(lambda: loop.run_until_complete(task)))
task.cancel()
print(attempt(lambda: loop.run_until_complete(asyncio.gather(task, return_exceptions=True))))
loop.close()
loop.close()
print(loop, attempt(lambda: loop.call_soon(print)), attempt(loop.run_forever))

with asyncio.Runner() as runner:
    print(runner.run(asyncio.sleep(0, "first")), runner.run(asyncio.sleep(0, "second")), runner.get_loop().is_running())
coroutine = asyncio.sleep(0)
print(attempt(lambda: runner.run(coroutine)))
coroutine.close()
