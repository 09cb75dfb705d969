"""Dicts and sets that grow, shrink and are emptied under those who iterate them: RuntimeError at worst, and keys that stay
are seen by every whole look."""

import sys
import threading
import time

seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
deadline = time.monotonic() + seconds
problems = []
STAYING = [f"stays{i}" for i in range(50)]
table = {name: ("value", name) for name in STAYING}
members = set(STAYING)


class Key:
    """Runs code of its own in every lookup."""

    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return self.n % 7

    def __eq__(self, other):
        return isinstance(other, Key) and self.n == other.n


strange = {Key(i): i for i in range(20)}


def guarded(step, *allowed):
    def run():
        n = 0
        try:
            while time.monotonic() < deadline and not problems:
                n += 1
                try:
                    step(n)
                except allowed:
                    pass
        except BaseException as error:
            problems.append(f"{step.__name__}: {error!r}")

    return run


def grow(n):
    for i in range(n % 200):
        table[n, i] = ("value", (n, i))
        members.add((n, i))


def shrink(n):
    for key in list(table):
        if type(key) is tuple:
            table.pop(key, None)
            members.discard(key)


def iterate(n):
    for key, value in table.items():
        if value != ("value", key):
            problems.append(f"{key!r} holds {value!r}")
    for key in members:
        if type(key) not in (str, tuple):
            problems.append(f"a strange member: {key!r}")


def look(n):
    name = STAYING[n % 50]
    if table[name] != ("value", name) or name not in table or name not in members:
        problems.append("a key that stays was not found")
    if table.get(name) is None or table.setdefault(name, 0) != ("value", name):
        problems.append("a key that stays had no value")


def snapshots(n):
    for copy in (dict(table), table.copy(), {**table}, table | {}):
        missing = [name for name in STAYING if copy.get(name) != ("value", name)]
        if missing:
            problems.append(f"a copy lost {missing[0]}")
    for copy in (set(members), members.copy(), members | set(), frozenset(members)):
        if not copy.issuperset(STAYING):
            problems.append("a copy of a set lost something")
    if list(table)[:50] != STAYING or len(list(table.items())) < 50 or len(sorted(map(str, list(members)))) < 50:
        problems.append("a list of keys lost something")


def algebra(n):
    other = {("other", n % 30), *STAYING[:10]}
    if not (members & other) >= set(STAYING[:10]) or not (members - other) >= set(STAYING[10:]):
        problems.append("set algebra lost something")
    members.update({("other", n % 30)})
    members.symmetric_difference_update({("flip", n % 3)})
    members.difference_update({("other", n % 30)})
    if not (members | members) >= set(STAYING):
        problems.append("a set lost something")
    members ^ members


def strange_keys(n):
    strange[Key(n % 40)] = n
    if strange.get(Key(3)) is None and Key(3) not in strange:
        strange[Key(3)] = 3
    strange.pop(Key(20 + n % 20), None)
    for key in list(strange):
        if key.n < 20 and strange.get(key) is None:
            problems.append("a key with its own __eq__ was not found")


steps = [
    (grow,), (shrink, RuntimeError), (iterate, RuntimeError), (look,), (snapshots,), (algebra,),
    (strange_keys, RuntimeError), (strange_keys, RuntimeError),
]
threads = [threading.Thread(target=guarded(*s)) for s in steps]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("\n".join(problems[:5]) or "ok")
