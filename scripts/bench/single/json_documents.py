"""Documents of `json`: nested objects and lists to text and back, escapes, numbers, indented and sorted output."""

import json

NAMES = ["lock", "thread", "queue", 'a "quoted" name', "line\nbreak", "caf\u00e9", "switch", "interval"]


def record(i):
    return {
        "id": i,
        "name": NAMES[i % len(NAMES)],
        "ratio": i / 7,
        "active": i % 3 == 0,
        "parent": None if i % 5 else i // 5,
        "tags": [NAMES[(i + k) % len(NAMES)] for k in range(i % 4)],
        "position": {"x": i * 3, "y": -i, "z": [i, i + 0.5]},
    }


def total_of(value):
    if isinstance(value, dict):
        return sum(total_of(item) for item in value.values())
    if isinstance(value, list):
        return sum(total_of(item) for item in value)
    if isinstance(value, str):
        return len(value)
    return int(value or 0)


def main():
    document = {"version": 3, "records": [record(i) for i in range(400)]}
    total = 0
    for turn in range(190):
        document["version"] = turn
        text = json.dumps(document)
        again = json.loads(text)
        total += len(text) + again["version"] + len(again["records"])
    for _ in range(48):
        total += len(json.dumps(document, indent=2, sort_keys=True))
        total += len(json.dumps(document, separators=(",", ":"), ensure_ascii=False))
    lines = [json.dumps(item) for item in document["records"]]
    for _ in range(130):
        for line in lines:
            total += json.loads(line)["id"]
    total += total_of(json.loads(text))
    print("checksum", total, again == document)


main()
