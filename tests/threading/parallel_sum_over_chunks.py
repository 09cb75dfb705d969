"""Divide, compute in threads, join, combine."""

import threading


def chunk_sum(data, start, stop, out, index):
    total = 0
    for i in range(start, stop):
        total += data[i]
    out[index] = total


data = list(range(10000))
out = [None] * 4
threads = [threading.Thread(target=chunk_sum, args=(data, k * 2500, (k + 1) * 2500, out, k)) for k in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(out, sum(out) == sum(data))
words = {}
lock = threading.Lock()


def count(text):
    own = {}
    for word in text.split():
        own[word] = own.get(word, 0) + 1
    with lock:
        for word, n in own.items():
            words[word] = words.get(word, 0) + n


texts = ["a b a", "b c", "a c c c"]
threads = [threading.Thread(target=count, args=(t,)) for t in texts]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(words.items()))
