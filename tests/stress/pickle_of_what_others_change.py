# Threads change what is being pickled, and load bytes that make no sense: errors may be raised, nothing else may happen.
import pickle
import random
import sys
import threading
import time

end = time.monotonic() + (float(sys.argv[1]) if len(sys.argv) > 1 else 1)


class Point:
    def __init__(self, x):
        self.x = x
        self.rest = [x] * 3


shared_list = [Point(n) for n in range(20)]
shared_dict = {n: str(n) for n in range(50)}
shared_set = set(range(50))
shared_bytes = bytearray(range(200))
shared_point = Point(1)
everything = [shared_list, shared_dict, shared_set, shared_bytes, shared_point]
done = threading.Event()


def change(seed):
    rng = random.Random(seed)
    while not done.is_set():
        for _ in range(50):
            n = rng.randrange(60)
            match rng.randrange(8):
                case 0:
                    shared_list.append(Point(n))
                case 1:
                    del shared_list[n:]
                case 2:
                    shared_dict[n] = n
                case 3:
                    shared_dict.pop(n, None)
                case 4:
                    shared_set.add(n)
                    shared_set.discard(n + 1)
                case 5:
                    shared_bytes.extend(b"more")
                    del shared_bytes[200:]
                case 6:
                    setattr(shared_point, f"name{n % 7}", [n])
                case 7:
                    vars(shared_point).pop(f"name{n % 7}", None)


def write():
    round = 0
    while time.monotonic() < end:
        round += 1
        try:
            made = pickle.loads(pickle.dumps(everything, round % 6))
        except RuntimeError as error:
            assert "changed size during iteration" in str(error), error
        else:
            assert len(made) == 5 and all(type(point) is Point for point in made[0])


def load(seed):
    rng = random.Random(seed)
    good = [pickle.dumps([Point(1), {1: (2, 3)}, {4}, "text", b"bytes", 1.5, 1 << 80], protocol) for protocol in range(6)]
    while time.monotonic() < end:
        data = bytearray(rng.choice(good))
        for _ in range(rng.randrange(1, 4)):
            at = rng.randrange(len(data))
            data[at:at + rng.randrange(3)] = rng.randbytes(rng.randrange(3))
        for candidate in bytes(data), rng.randbytes(30):
            try:
                pickle.loads(candidate)
            except Exception:
                pass


changers = [threading.Thread(target=change, args=(seed,)) for seed in range(2)]
workers = [threading.Thread(target=write) for _ in range(2)] + [threading.Thread(target=load, args=(9,))]
for thread in changers + workers:
    thread.start()
for thread in workers:
    thread.join()
done.set()
for thread in changers:
    thread.join()

# Bytes that promise more than they hold.
for data in (b"\x80\x04\x8e" + b"\xff" * 7 + b"\x7f", b"\x96" + b"\xff" * 6 + b"\0\0", b"Np1152921504606846976\n.",
             b"\x95" + b"\xff" * 7 + b"\x0f", b"X\xff\xff\xff\xff", b"\x8b\xff\xff\xff\x7f", b"(" * 1000 + b"0" * 2000):
    try:
        pickle.loads(data)
    except (pickle.UnpicklingError, MemoryError, EOFError):
        pass
    else:
        raise AssertionError(data[:20])
deep = pickle.loads(b"]" * 2000 + b"a" * 1999 + b".")
assert pickle.loads(pickle.dumps(deep)) is not None
print("ok")
