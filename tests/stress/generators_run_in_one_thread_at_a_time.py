"""A generator that several threads draw from gives each value once; who comes while it runs gets a ValueError."""

import sys
import threading
import time

seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
deadline = time.monotonic() + seconds
problems = []
COUNT = 400


def numbers():
    for i in range(COUNT):
        for _ in range(i % 5):
            pass
        yield i


def delegating():
    yield from numbers()


def closing(log):
    try:
        while True:
            yield 1
    finally:
        log.append("closed")


def together(functions):
    gate = threading.Barrier(len(functions))

    def run(f):
        gate.wait()
        try:
            f()
        except BaseException as error:
            problems.append(f"{f.__name__}: {error!r}")

    threads = [threading.Thread(target=run, args=(f,)) for f in functions]
    for t in threads:
        t.start()
    for t in threads:
        t.join()


def drain(generator, got):
    def f():
        mine = []
        while True:
            try:
                mine.append(next(generator))
            except ValueError as error:
                if str(error) != "generator already executing":
                    problems.append(f"strange: {error}")
            except StopIteration:
                break
        got.extend(mine)
        if mine != sorted(mine):
            problems.append("values came in the wrong order")

    return f


def every_value_once():
    for make in (numbers, delegating):
        got = []
        generator = make()
        together([drain(generator, got) for _ in range(3)])
        if sorted(got) != list(range(COUNT)):
            problems.append(f"{len(got)} values of {COUNT}, {len(set(got))} different")


def closed_once():
    log = []
    generator = closing(log)
    next(generator)

    def close():
        while True:
            try:
                return generator.close()
            except ValueError:
                pass

    def draw():
        while True:
            try:
                next(generator)
            except ValueError:
                pass
            except StopIteration:
                return

    together([close, draw, close])
    if log != ["closed"]:
        problems.append(f"closed {len(log)} times")


def thrown_into():
    def patient():
        caught = 0
        while caught < 60:
            try:
                yield caught
            except KeyError:
                caught += 1

    generator = patient()
    next(generator)

    def throw():
        for _ in range(30):
            while True:
                try:
                    generator.throw(KeyError)
                    break
                except ValueError:
                    pass
                except StopIteration:
                    return

    together([throw, throw])
    try:
        problems.append(f"only {next(generator)} exceptions arrived")
    except StopIteration:
        pass


while time.monotonic() < deadline and not problems:
    every_value_once()
    closed_once()
    thrown_into()
print("\n".join(problems[:5]) or "ok")
