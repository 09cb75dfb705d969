"""A killed worker, a full pipe, a closed socket, a storm of signals: whoever waits is told, and nothing is lost silently."""

import multiprocessing
import os
import random
import select
import signal
import socket
import sys
import threading
import time

seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
end = time.monotonic() + seconds


def send_for_ever(connection, queue):
    number = 0
    while True:
        connection.send((number, "x" * 100))
        queue.put(number)
        number += 1


def killed_at_a_random_moment():
    """Messages come whole and in order up to the last one; then there is an end, and it is told how it came."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    results = multiprocessing.Queue()
    child = multiprocessing.Process(target=send_for_ever, args=(theirs, results))
    child.start()
    theirs.close()
    wait = random.random() * 0.01
    wanted = 0
    stop = time.monotonic() + wait
    try:
        while True:
            number, text = ours.recv()
            if number != wanted or text != "x" * 100:
                print("a message was changed", number, wanted)
            wanted += 1
            if stop is not None and time.monotonic() > stop:
                child.kill()
                stop = None
            elif stop is None and wanted > 1_000_000:
                print("a killed child sends on")
                break
    except (EOFError, OSError):
        # The end, or the head of a message without its rest.
        pass
    child.join(20)
    if child.exitcode != -signal.SIGKILL:
        print("a killed child ended with", child.exitcode)
    ours.close()
    results.close()
    results.cancel_join_thread()


def full_pipe():
    """Who writes into a full pipe waits, and goes on when somebody reads; when nobody can any more, it is told."""
    reader, writer = os.pipe()
    sent = bytearray()
    error = []

    def write():
        try:
            while True:
                block = random.randbytes(10_000)
                sent.extend(block[:os.write(writer, block)])
        except OSError as problem:
            error.append(type(problem).__name__)

    thread = threading.Thread(target=write)
    thread.start()
    got = bytearray()
    for _ in range(20):
        time.sleep(0.0002)
        got += os.read(reader, 30_000)
    os.close(reader)
    thread.join(20)
    os.close(writer)
    if thread.is_alive() or error != ["BrokenPipeError"]:
        print("a writer was not told:", error)
    if not sent.startswith(got):
        print("what came through a pipe was changed")


def closed_socket():
    """Who waits at a socket whose other end goes is told; what was sent before arrives first."""
    here, there = socket.socketpair()
    got = []

    def receive():
        while True:
            data = here.recv(100)
            got.append(data)
            if not data:
                return

    thread = threading.Thread(target=receive)
    thread.start()
    there.sendall(b"last words")
    if random.random() < 0.5:
        there.shutdown(socket.SHUT_RDWR)
    there.close()
    thread.join(20)
    if thread.is_alive() or b"".join(got) != b"last words":
        print("a socket's end was not told:", got)
    try:
        for _ in range(2):
            here.sendall(b"hello?")
        print("nobody said that the other end is gone")
    except (BrokenPipeError, ConnectionResetError):
        pass
    here.close()


counts = {signal.SIGUSR1: 0, signal.SIGUSR2: 0}


def count(number, frame):
    counts[number] += 1
    if threading.current_thread() is not threading.main_thread():
        print("a handler ran in another thread")


def signal_storm():
    """Every handler runs, in the main thread, whatever it waits for; what is waited for comes all the same."""
    before = dict(counts)
    reader, writer = os.pipe()
    lock = threading.Lock()
    lock.acquire()
    me, sent = os.getpid(), []

    def storm():
        for _ in range(200):
            number = random.choice((signal.SIGUSR1, signal.SIGUSR2))
            os.kill(me, number)
            sent.append(number)
        lock.release()
        os.write(writer, b"over")

    thread = threading.Thread(target=storm)
    thread.start()
    time.sleep(0.001)
    select.select([], [], [], 0.001)
    if not lock.acquire(timeout=20):
        print("a lock was not had in a storm")
    if os.read(reader, 10) != b"over":
        print("a read was cut short")
    thread.join()
    # Signals of one kind that come together are one; but each kind is seen, soon.
    patience = time.monotonic() + 20
    for number in set(sent):
        while counts[number] == before[number] and time.monotonic() < patience:
            time.sleep(0.001)
        if counts[number] == before[number]:
            print("signals were lost:", sent.count(number))
    os.close(reader)
    os.close(writer)


for number in counts:
    signal.signal(number, count)
runs = 0
while time.monotonic() < end:
    killed_at_a_random_moment()
    full_pipe()
    closed_socket()
    signal_storm()
    runs += 1
if len(sys.argv) > 2:
    print(runs, file=sys.stderr)
print("ok")
