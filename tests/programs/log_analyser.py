"""Reads lines of a web server's log with regular expressions and counts what it finds."""

import re
import statistics
from collections import Counter, defaultdict
from datetime import datetime, timedelta, timezone

LINE = re.compile(
    r'(?P<host>\S+) \S+ (?P<user>\S+) \[(?P<time>[^\]]+)\] "(?P<method>[A-Z]+) (?P<path>[^ ?"]+)(?:\?(?P<query>[^ "]*))? [^"]*" '
    r"(?P<status>\d{3}) (?P<size>\d+|-)(?: (?P<ms>\d+)ms)?$"
)
LOG = """\
10.0.0.1 - alice [27/Feb/2025:10:00:01 +0100] "GET /index.html HTTP/1.1" 200 5120 12ms
10.0.0.2 - - [27/Feb/2025:10:00:02 +0100] "GET /search?q=python&page=2 HTTP/1.1" 200 2048 85ms
10.0.0.1 - alice [27/Feb/2025:10:00:05 +0100] "POST /login HTTP/1.1" 302 - 40ms
10.0.0.3 - - [27/Feb/2025:10:00:07 +0100] "GET /missing HTTP/1.1" 404 512 3ms
this line is broken
10.0.0.2 - - [27/Feb/2025:10:01:00 +0100] "GET /search?q=g%C3%ADl&q=lock HTTP/1.1" 500 99 1250ms
10.0.0.4 - bob [27/Feb/2025:09:02:30 +0000] "DELETE /items/42 HTTP/1.1" 204 0 9ms
10.0.0.1 - alice [27/Feb/2025:10:03:00 +0100] "GET /index.html HTTP/1.1" 304 -
10.0.0.3 - - [31/Feb/2025:10:03:00 +0100] "GET / HTTP/1.1" 200 1
"""


def unquote(text):
    raw = re.sub(rb"%([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), text.replace("+", " ").encode())
    return raw.decode("utf-8", "replace")


def parse(lines):
    for number, line in enumerate(lines, 1):
        match = LINE.fullmatch(line.rstrip())
        if not match:
            yield number, None, f"cannot read {line.rstrip()[:20]!r}"
            continue
        entry = match.groupdict(default="")
        try:
            entry["time"] = datetime.strptime(entry["time"], "%d/%b/%Y:%H:%M:%S %z")
        except ValueError as error:
            yield number, None, str(error)
            continue
        entry["size"] = int(entry["size"]) if entry["size"].isdigit() else 0
        entry["ms"] = int(entry["ms"] or 0)
        yield number, entry, None


def histogram(values, bounds):
    counts = Counter(next((b for b in bounds if value <= b), float("inf")) for value in values)
    for bound in [*bounds, float("inf")]:
        yield f"{'<= ' + str(bound):>8} {'#' * counts[bound]}"


def main():
    entries = []
    for number, entry, problem in parse(LOG.splitlines(keepends=True)):
        if problem:
            print(f"line {number}: {problem}")
        else:
            entries.append(entry)
    statuses = Counter(entry["status"][0] + "xx" for entry in entries)
    for status, count in sorted(statuses.items()):
        print(f"{status}: {count} ({count / len(entries):.0%})")
    print(Counter(entry["host"] for entry in entries).most_common(2))
    traffic = defaultdict(lambda: [0, 0])
    for entry in entries:
        traffic[entry["path"]][0] += 1
        traffic[entry["path"]][1] += entry["size"]
    for path, (hits, size) in sorted(traffic.items(), key=lambda kv: (-kv[1][1], kv[0])):
        print(f"{path:<14}{hits:>3}{size:>8,}")
    times = [entry["ms"] for entry in entries if entry["ms"]]
    print(statistics.median(times), round(statistics.mean(times), 2), round(statistics.pstdev(times), 3), statistics.quantiles(times, n=4))
    print("\n".join(histogram(times, [10, 50, 100])))
    queries = [tuple(part.partition("=")[::2]) for entry in entries if entry["query"] for part in entry["query"].split("&")]
    print([(name, unquote(value)) for name, value in queries])
    first, last = min(e["time"] for e in entries), max(e["time"] for e in entries)
    print(last - first, first.astimezone(timezone.utc).isoformat(), (last - first) / timedelta(minutes=1))
    print(entries[0]["time"].tzinfo, f"{entries[4]['time']:%A %H:%M %Z}", LINE.groups, sorted(LINE.groupindex)[:3])
    print(re.sub(r"(\d+)\.(\d+)\.\d+\.(\d+)", r"\1.\2.x.\g<3>", LOG.split("\n")[0][:30]))


main()
