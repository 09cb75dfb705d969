# Digests and compression of more than 2,047 bytes give the lock up while they compute; shorter ones keep it.
import gil
import hashlib
import sys
import threading
import zlib

# Nobody is forced to give the lock up: whoever else runs, runs because it was given up.
sys.setswitchinterval(1000)


def computed():
    main = gil.stats()["threads"][0]
    return main["voluntary_releases_by_reason"].get("compute", 0)


def gives_up(work):
    before = computed()
    work()
    return computed() - before


digest = hashlib.sha256()
squeezed = zlib.compress(b"x" * 100_000)
for name, work in [
    ("2047 bytes", lambda: digest.update(b"x" * 2047)),
    ("2048 bytes", lambda: digest.update(b"x" * 2048)),
    ("constructor", lambda: hashlib.blake2b(b"x" * 5000)),
    ("digest", digest.digest),
    ("compress few", lambda: zlib.compress(b"x" * 2047)),
    ("compress", lambda: zlib.compress(b"x" * 2048)),
    ("decompress few", lambda: zlib.decompress(squeezed)),
    ("crc32 few", lambda: zlib.crc32(b"x" * 2047)),
    ("crc32", lambda: zlib.crc32(b"x" * 2048)),
    ("pbkdf2", lambda: hashlib.pbkdf2_hmac("sha256", b"p", b"s", 2)),
]:
    print(name, gives_up(work))


# Two threads hash at the same time, under one lock.
data = bytes(32 << 20)
overlaps = 0
events = []
together = threading.Barrier(2)


def hashes():
    together.wait()
    events.append("begins")
    hashlib.sha256(data)
    events.append("ends")


for attempt in range(20):
    events.clear()
    threads = [threading.Thread(target=hashes) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if events[:2] == ["begins", "begins"]:
        overlaps += 1
        break
print("two threads hashed at once:", overlaps > 0)

# One digest fed by two threads at once gets all that they feed.
shared = hashlib.md5()


def feeds():
    for _ in range(50):
        shared.update(b"y" * 5000)
        shared.update(b"y" * 100)


threads = [threading.Thread(target=feeds) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(shared.hexdigest() == hashlib.md5(b"y" * 5100 * 100).hexdigest())
