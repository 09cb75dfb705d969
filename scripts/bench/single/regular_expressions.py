"""Regular expressions: a log that is searched, split, rewritten and taken apart with groups and alternatives."""

import re

LINES = [
    "2026-11-22 10:15:{:02d} INFO  worker-{} took the lock after {} us",
    "2026-11-22 10:16:{:02d} WARN  worker-{} waited for {} us (twice)",
    "2026-11-22 10:17:{:02d} ERROR worker-{} failed: code={} path='/tmp/a b.txt'",
    "    continued, see https://example.org/{}/report{}?id={} for more",
]

ENTRY = re.compile(r"(\d{4})-(\d\d)-(\d\d) (?P<time>\d\d:\d\d:\d\d) (?P<level>[A-Z]+)\s+(?P<text>.*)$")
TOKEN = re.compile(r"(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z_]\w*)|(?P<operator>[-+*/=<>!]=?|[()])|(?P<space>\s+)")
SOURCE = "total = alpha * (beta + 12) - gamma / 3.75 if (count <= limit) else other_value != 7"


def make_log():
    return "\n".join(LINES[i % len(LINES)].format(i % 60, i % 7, i * 37 % 1000) for i in range(600))


def tokens(source):
    at = 0
    while at < len(source):
        match = TOKEN.match(source, at)
        at = match.end()
        if match.lastgroup != "space":
            yield match.lastgroup, match.group()


def main():
    log = make_log()
    total = 0
    for _ in range(100):
        for line in log.split("\n"):
            match = ENTRY.match(line)
            if match is not None and match.group("level") != "INFO":
                total += len(match["text"]) + int(match[3])
        total += len(re.findall(r"worker-[0-6]", log))
        total += sum(int(number) for number in re.findall(r"(\d+) us", log))
        total += len(re.sub(r"\b(\w+)-(\d)\b", r"\2-\1", log))
        total += len(re.sub(r"\d+", lambda m: str(int(m[0]) + 1), log))
        total += len(re.split(r"[\s,;:]+", log))
        total += sum(m.end() - m.start() for m in re.finditer(r"https?://[^\s/]+(?:/[^\s?]*)?(?:\?(\w+)=(\w+))?", log))
        total += re.search(r"(?i)code=(999|998|997)|nowhere", log) is not None
        total += len(re.findall(r"^.*(?:failed|waited).*$", log, re.MULTILINE))
    for _ in range(4000):
        for kind, text in tokens(SOURCE):
            total += len(kind) * len(text)
    print("checksum", total)


main()
