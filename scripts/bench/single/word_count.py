"""Counting words: split lines, strip punctuation, count in a dict, sort by frequency."""

TEXT = """
A thread holds the lock while it runs, and another thread waits for the lock.
When the interval has passed, the waiting thread asks, and the holder must let go.
Whoever asked need not be the one who gets it: there is no queue, only a condition.
Switch the lock off, and the threads run at once; then every update can be lost.
"""


def words(text):
    for line in text.splitlines():
        for word in line.split():
            yield word.strip(".,:;!?").lower()


def main():
    text = TEXT * 600
    counts = {}
    for _ in range(48):
        lengths = {}
        for word in words(text):
            if word in counts:
                counts[word] += 1
            else:
                counts[word] = 1
            lengths.setdefault(len(word), []).append(word)
    ranking = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    top = " ".join(word for word, _ in ranking[:5])
    letters = {}
    for ch in text:
        letters[ch] = letters.get(ch, 0) + 1
    print("checksum", len(counts), top, letters["e"], len(lengths[3]))


main()
