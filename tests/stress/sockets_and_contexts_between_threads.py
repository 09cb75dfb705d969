"""Bytes and descriptors go between threads through sockets, pools do work in contexts, while the lock comes and goes: all of it
arrives, once, and where it belongs."""

import contextvars
import os
import queue
import random
import selectors
import socket
import time
from concurrent.futures import ThreadPoolExecutor, as_completed

import gil
from crew import finish, going_on, problems, together

owner = contextvars.ContextVar("owner", default=None)


def receive_exactly(sock, count):
    pieces = []
    while count:
        piece = sock.recv(count)
        if not piece:
            raise EOFError("the socket is closed")
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)


def send_and_echo():
    """One thread sends, the pool echoes, the sum has to be right."""
    with ThreadPoolExecutor(2) as pool:
        while going_on():
            a, b = socket.socketpair()
            with a, b:
                count = random.randrange(1, 50_000)
                data = os.urandom(count)

                def echo():
                    b.sendall(receive_exactly(b, count))

                answer = pool.submit(echo)
                back = pool.submit(receive_exactly, a, count)
                a.sendall(data)
                answer.result()
                if back.result() != data:
                    problems.append("other bytes came back")


def hand_on_descriptors():
    a, b = socket.socketpair()
    with a, b, ThreadPoolExecutor(1) as pool:
        while going_on():
            reader, writer = os.pipe()
            got = pool.submit(socket.recv_fds, b, 10, 2)
            socket.send_fds(a, [b"ends"], [reader, writer])
            data, fds, _, _ = got.result()
            os.close(reader)
            os.close(writer)
            os.write(fds[1], b"through")
            if data != b"ends" or os.read(fds[0], 100) != b"through":
                problems.append("a descriptor leads elsewhere")
            for number in fds:
                os.close(number)


def wait_with_selectors():
    while going_on():
        pairs = [socket.socketpair() for _ in range(4)]
        with selectors.DefaultSelector() as selector, ThreadPoolExecutor(2) as pool:
            for place, (a, b) in enumerate(pairs):
                selector.register(a, selectors.EVENT_READ, place)
                pool.submit(b.send, bytes([place]))
            seen = set()
            until = time.monotonic() + 10
            while len(seen) < 4 and time.monotonic() < until:
                for key, _ in selector.select(1):
                    seen.add(key.data)
                    if key.fileobj.recv(1) != bytes([key.data]):
                        problems.append("a byte of another pair")
            if len(seen) < 4:
                problems.append("bytes were lost")
        for pair in pairs:
            for end in pair:
                end.close()


def keep_contexts_apart():
    def mine(n):
        before = owner.get()
        token = owner.set(n)
        time.sleep(0)
        found = owner.get()
        owner.reset(token)
        return before, found, owner.get()

    with ThreadPoolExecutor(3) as pool:
        while going_on():
            contexts = []
            for n in range(20):
                context = contextvars.copy_context()
                context.run(owner.set, -n)
                contexts.append(context)
            futures = {pool.submit(context.run, mine, n): n for n, context in enumerate(contexts)}
            for future in as_completed(futures):
                n = futures[future]
                if future.result() != (-n, n, -n):
                    problems.append(f"in context {n}: {future.result()}")
            # One context for many: one is in it, the others are told.
            context = contextvars.copy_context()
            entered = 0
            for future in [pool.submit(context.run, time.sleep, 0) for _ in range(5)]:
                try:
                    future.result()
                    entered += 1
                except RuntimeError as error:
                    if "already entered" not in str(error):
                        raise
            if not entered:
                problems.append("nobody could enter")


def pass_through_queues():
    forth, back = queue.Queue(5), queue.SimpleQueue()

    def work():
        while (item := forth.get()) is not None:
            back.put(item)
            forth.task_done()

    with ThreadPoolExecutor(3) as pool:
        while going_on():
            workers = [pool.submit(work) for _ in range(3)]
            for item in range(100):
                forth.put(item)
            forth.join()
            for _ in workers:
                forth.put(None)
            for worker in workers:
                worker.result()
                forth.task_done()
            if sorted(back.get() for _ in range(100)) != list(range(100)):
                problems.append("items were lost or doubled")


def toggle():
    while going_on():
        gil.disable()
        time.sleep(0.002)
        gil.enable("3.14")
        time.sleep(0.002)


together(send_and_echo, hand_on_descriptors, wait_with_selectors, keep_contexts_apart, pass_through_queues, toggle)
finish()
