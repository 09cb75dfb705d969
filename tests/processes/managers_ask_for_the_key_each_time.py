# gilbox: -A
"""Who connects with a wrong key is refused, also by a process that has connected with the right one before."""

import multiprocessing as mp
from multiprocessing import AuthenticationError
from multiprocessing.managers import BaseManager

mp.set_start_method("fork", force=True)


class Manager(BaseManager):
    pass


Manager.register("items", callable=lambda: [1, 2])


def client(manager, key):
    return Manager(address=manager.address, authkey=key)


with Manager(address=("127.0.0.1", 0), authkey=b"right") as manager:
    for key in (b"right", b"wrong", b"right", b""):
        other = client(manager, key)
        try:
            other.connect()
            items = other.items()
            items.append(key)
            print(key, items)
        except AuthenticationError as error:
            print(key, error)
        try:
            print(other.items())
        except (AssertionError, AuthenticationError) as error:
            print(type(error).__name__, error)
    print(manager.items())

for serializer in ("x", 5, None):
    try:
        BaseManager(serializer=serializer)
    except KeyError as error:
        print("KeyError", error)
