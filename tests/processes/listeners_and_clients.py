# gilbox: -A
"""Processes that find each other by an address: Unix sockets and TCP, with and without a key."""

import multiprocessing
import os
import tempfile
import threading
from multiprocessing.connection import AuthenticationError, Client, Listener, wait


def talk(address, key, results):
    try:
        with Client(address, authkey=key) as connection:
            connection.send({"from": "client"})
            results.put(connection.recv())
            connection.send_bytes(b"raw")
            try:
                connection.recv()
            except EOFError:
                results.put("over")
    except AuthenticationError as error:
        results.put(str(error))


def serve(listener, accepted):
    try:
        with listener.accept() as connection:
            accepted.append(connection.recv())
            connection.send(["to", "client"])
            accepted.append(connection.recv_bytes())
    except AuthenticationError as error:
        accepted.append(str(error))


if __name__ == "__main__":
    folder = tempfile.mkdtemp()
    for address, family in ((os.path.join(folder, "here"), "AF_UNIX"), (("127.0.0.1", 0), "AF_INET"), (None, None)):
        for key, theirs in ((None, None), (b"right", b"right"), (b"right", b"wrong")):
            accepted, results = [], multiprocessing.SimpleQueue()
            with Listener(address, family, authkey=key) as listener:
                server = threading.Thread(target=serve, args=(listener, accepted))
                server.start()
                client = multiprocessing.Process(target=talk, args=(listener.address, theirs, results))
                client.start()
                server.join()
                print(type(listener.address).__name__, key, accepted, results.get())
                if theirs == key:
                    print(results.get(), listener.last_accepted is not None)
                client.join()
    print(os.listdir(folder))
    os.rmdir(folder)
    try:
        Client(os.path.join(folder, "nobody"))
    except FileNotFoundError as error:
        print(type(error).__name__, error.errno)
    # Several connections at once: those that have something to say come first.
    pairs = [multiprocessing.Pipe() for _ in range(3)]
    pairs[1][1].send("now")
    print([pairs.index(next(pair for pair in pairs if pair[0] is one)) for one in wait([ours for ours, _ in pairs], 5)])
    pairs[2][1].close()
    ready = wait([ours for ours, _ in pairs], 5)
    print(sorted(pairs.index(next(pair for pair in pairs if pair[0] is one)) for one in ready))
    print(wait([pairs[0][0]], 0.01))
