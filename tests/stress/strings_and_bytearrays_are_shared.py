"""Threads that grow, slice and index strings that they share, and change one bytearray from all sides."""

import threading

shared = "x" * 300
ba = bytearray(b"abc" * 10)
wide = "é日\U0001f600" * 500


def work(n):
    global shared
    for i in range(1000):
        base = shared
        mine = base + str(n) * 5
        assert mine[:len(base)] == base and mine.endswith(str(n) * 5)
        shared = mine if len(mine) < 20000 else "x" * 300
        ba.append(i & 255)
        ba.extend(b"12345")
        ba[1:4] = b"zzzzzz"
        if i % 50 == 0:
            ba.clear()
        try:
            ba.pop()
            ba[0] = n
            del ba[2:3]
        except IndexError:
            pass
        bytes(ba), ba.find(b"z"), ba[::2], ba.upper()
        view = memoryview(ba)
        view.tobytes(), list(view[:3])
        view.release()
        assert wide[i % 1500] in "é日\U0001f600"
        wide2 = wide + str(i)
        assert wide2[700] == wide[700]


threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("ok")
