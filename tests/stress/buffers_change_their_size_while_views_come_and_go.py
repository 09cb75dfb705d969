# Threads grow and shrink a bytearray and an array while others look at them: errors are raised, nothing is corrupted.
import array
import sys
import threading
import time

seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1
end = time.monotonic() + seconds
row = bytearray(range(64))
numbers = array.array("q", range(64))
failures = []


def looks():
    while time.monotonic() < end:
        for target in (row, numbers):
            with memoryview(target) as view:
                copy = view.tobytes()
                part = view[1:5]
                if len(copy) != view.nbytes:
                    failures.append("a view changed its size")
                part.release()


def changes():
    while time.monotonic() < end:
        try:
            row.extend(b"abc")
            del row[:3]
            row.insert(3, 7)
            row.pop()
        except (BufferError, IndexError):
            pass
        try:
            numbers.append(2**62 + 1)
            numbers.pop(0)
            numbers[0:2] = numbers[2:4]
        except (BufferError, IndexError):
            pass


def reads():
    while time.monotonic() < end:
        for number in numbers:
            if not (0 <= number < 64 or number == 2**62 + 1):
                failures.append(f"half a number: {number}")
                return


threads = [threading.Thread(target=work) for work in (looks, changes, changes, reads)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("ok" if not failures else failures[0])
