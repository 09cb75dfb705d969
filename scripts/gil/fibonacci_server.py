"""A server that computes Fibonacci numbers, in four ways, and what a long request does to short ones.

David Beazley's server ("Python Concurrency From the Ground Up", PyCon 2015). A client asks for small numbers as fast as
it can: requests per second. It does so alone, then beside another client that keeps the server computing large ones. Another
row tells how long one such long request takes (latency).

    threads      a thread for each client. Alone it is fast; beside a computing thread every answer waits for the lock: the
                 *convoy*. `--gil priority` is the remedy, and `--gil off` needs none
    pool         the same, but a pool of processes computes: each answer costs a trip to another process, and long
                 requests no longer hold the lock
    generators   one thread, generators and `select`: a long request stops everybody until it is done
    asyncio      the same thing with `asyncio`: a loop has no remedy against a handler that computes either

    gilbox -A scripts/gil/fibonacci_server.py                   all four
    gilbox -A --gil priority scripts/gil/fibonacci_server.py threads
    gilbox -A --gil off scripts/gil/fibonacci_server.py threads
    gilbox -A --switch-interval 0.0005 scripts/gil/fibonacci_server.py threads
"""

import asyncio
import contextlib
import multiprocessing
import os
import select
import socket
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor

SECONDS = float(os.environ.get("SECONDS", "1"))
# It must take longer than a switch interval: a thread that is done sooner never has to be forced.
LONG = int(os.environ.get("LONG", "30"))


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def listening():
    server = socket.create_server(("127.0.0.1", 0), backlog=16)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return server


def quick(client):
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


# ---- the four servers. Each tells its port, and serves until its process is ended.

def serve_threads(tell, compute=fib):
    server = listening()
    tell(server.getsockname()[1])

    def handle(client):
        # The client with the long requests is killed in the end, in the middle of one.
        with client, contextlib.suppress(ConnectionError):
            while request := client.recv(100):
                client.sendall(b"%d\n" % compute(int(request)))

    while True:
        client, _ = server.accept()
        quick(client)
        threading.Thread(target=handle, args=(client,), daemon=True).start()


def serve_pool(tell):
    with ProcessPoolExecutor(2) as pool:
        pool.submit(fib, 1).result()
        serve_threads(tell, lambda n: pool.submit(fib, n).result())


def serve_generators(tell):
    server = listening()
    waits_for_read, waits_for_write, ready = {}, {}, []

    def accept():
        while True:
            yield waits_for_read, server
            client, _ = server.accept()
            quick(client)
            ready.append(handle(client))

    def handle(client):
        with client:
            while True:
                yield waits_for_read, client
                request = client.recv(100)
                if not request:
                    return
                answer = b"%d\n" % fib(int(request))
                yield waits_for_write, client
                client.sendall(answer)

    tell(server.getsockname()[1])
    ready.append(accept())
    while True:
        while not ready:
            readable, writable, _ = select.select(waits_for_read, waits_for_write, [])
            ready.extend(waits_for_read.pop(one) for one in readable)
            ready.extend(waits_for_write.pop(one) for one in writable)
        task = ready.pop()
        try:
            waits, what = next(task)
        except (StopIteration, OSError):
            continue
        waits[what] = task


def serve_asyncio(tell):
    async def handle(reader, writer):
        while request := await reader.readline():
            writer.write(b"%d\n" % fib(int(request)))
            await writer.drain()
        writer.close()

    async def main():
        server = await asyncio.start_server(handle, "127.0.0.1", 0)
        tell(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


SERVERS = {"threads": serve_threads, "pool": serve_pool, "generators": serve_generators, "asyncio": serve_asyncio}


# ---- the two clients

def ask(connection, n):
    connection.sendall(b"%d\n" % n)
    return connection.recv(100)


def requests_per_second(port):
    with socket.create_connection(("127.0.0.1", port)) as connection:
        quick(connection)
        count, start = 0, time.perf_counter()
        while time.perf_counter() - start < SECONDS:
            ask(connection, 1)
            count += 1
        return count / (time.perf_counter() - start)


def long_requests(port):
    with socket.create_connection(("127.0.0.1", port)) as connection:
        quick(connection)
        while True:
            ask(connection, LONG)


def latency(port):
    with socket.create_connection(("127.0.0.1", port)) as connection:
        quick(connection)
        start = time.perf_counter()
        ask(connection, LONG)
        return time.perf_counter() - start


def run_server(how, port):
    SERVERS[how](port.send)


def measure(how):
    # What a program is measured by must not run under the lock that is measured: clients are processes of their own.
    parent, child = multiprocessing.Pipe()
    server = multiprocessing.Process(target=run_server, args=(how, child))
    server.start()
    try:
        port = parent.recv()
        long = latency(port)
        alone = requests_per_second(port)
        busy = multiprocessing.Process(target=long_requests, args=(port,), daemon=True)
        busy.start()
        time.sleep(0.1)
        beside = requests_per_second(port)
        busy.terminate()
        busy.join()
    finally:
        server.terminate()
        server.join()
    print(f"{how:<12}{alone:>12,.0f}{beside:>22,.0f}{alone / beside:>10.1f}{long * 1000:>16.1f}", flush=True)


if __name__ == "__main__":
    print(f"{'':<12}{'requests/s':>12}{'beside a long one':>22}{'slower':>10}{'long one in ms':>16}", flush=True)
    for how in sys.argv[1:] or SERVERS:
        measure(how)
