"""Several threads search with the same patterns, the cache's among them, and draw from one iterator over matches."""

import re
import sys
import threading
import time

seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
deadline = time.monotonic() + seconds
problems = []
shared = re.compile(r"(?P<key>\w+)=(?P<value>\d+|'[^']*')(;|$)")
text = "alpha=1;beta='two';gämma=33;delta='';" * 20
expected = shared.findall(text)


def searches(number):
    while time.monotonic() < deadline and not problems:
        if shared.findall(text) != expected:
            problems.append("other matches")
        if re.sub(rf"{number % 3}|a", lambda m: m.group().upper(), "banana2") not in ("bAnAnA2",):
            problems.append("other replacements")
        for count in range(5):
            if re.fullmatch(f"(x{{{count}}})y*", "x" * count + "yy").group(1) != "x" * count:
                problems.append("another pattern's match")
        if number == 0:
            re.purge()


def draws(iterator):
    try:
        for match in iterator:
            if match.group("key") not in ("alpha", "beta", "gämma", "delta") or match.string is not text:
                problems.append(f"torn {match!r}")
    except BaseException as error:
        problems.append(repr(error))


threads = [threading.Thread(target=searches, args=(number,)) for number in range(3)]
for thread in threads:
    thread.start()
while time.monotonic() < deadline and not problems:
    iterator = shared.finditer(text)
    drawing = [threading.Thread(target=draws, args=(iterator,)) for _ in range(2)]
    for thread in drawing:
        thread.start()
    for thread in drawing:
        thread.join()
for thread in threads:
    thread.join()
print("\n".join(problems[:5]) or "ok")
