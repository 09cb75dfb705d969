"""What more threads, more elements and more objects cost: sharing, contention, growth, pauses."""

import statistics

from floors import FEWEST_THREADED_ROUNDS, floor
from interpreters import Failure, find_interpreter, note, programs_of, progress, run


def paired(title, program, first, second, rounds, timeout):
    """The median of second / first wall time, taken in pairs, or None. Each is (interpreter, arguments)."""
    quotients = []
    for index in range(rounds):
        progress(f"{title}, round {index + 1} of {rounds}")
        try:
            walls = [
                run(interpreter, interpreter.argv(program) + arguments, timeout)[0]
                for interpreter, arguments in (first, second)
            ]
        except Failure as failure:
            note(f"! {title}: {failure}")
            return None
        quotients.append(walls[1] / walls[0])
    return statistics.median(quotients)


def sharing_floors(rounds, timeout):
    """Threads without a lock: what they share against what each has for itself, and the lock off against on."""
    rounds = max(FEWEST_THREADED_ROUNDS, rounds)
    on, off = find_interpreter("gilbox"), find_interpreter("gilbox-off")
    rows = []
    for program in programs_of("sharing", None):
        what = program.arguments[0]
        got = paired(f"sharing {what}", program, (off, ["own"]), (off, ["shared"]), rounds, timeout)
        rows.append(floor(f"two threads, lock off, the same {what}, over {what} of their own", "<=", 1.08, got))
    for stem in CONTENDED:
        [program] = programs_of(stem[0], [stem[1]])
        got = paired(stem[1], program, (on, []), (off, []), rounds, timeout)
        rows.append(floor(f"{stem[1]}: contended, lock off over on", "<=", 1.0, got))
    return rows


# Programs in which all threads write to one thing.
CONTENDED = [
    ("threaded", "shared_list"),
    ("threaded", "shared_dict"),
    ("threaded", "counter_under_lock"),
    ("threaded", "producer_consumer"),
    ("concurrency", "queue_transfer"),
]


def growth_table(interpreters, timeout):
    """{interpreter: {what: [numbers]}} of the programs in `growth`."""
    table = {interpreter.name: {} for interpreter in interpreters}
    for program in programs_of("growth", None):
        for interpreter in interpreters:
            progress(f"{program.name}: {interpreter.name}")
            try:
                _, _, text = run(interpreter, interpreter.argv(program), timeout)
            except Failure as failure:
                note(f"! {program.name}: {interpreter.name}: {failure}")
                continue
            what, *numbers = text.split()
            table[interpreter.name][what] = [float(number) for number in numbers]
    return table


def growth_floors(table, base):
    """The bars of growth: no kind grows more than it does in the base, threads cost the same each, pauses stay short."""
    rows = []
    own, other = table.get("gilbox", {}), table.get(base, {})
    for what in ("list", "dict", "set", "text", "sort"):
        if what in own and what in other:
            mine, theirs = (max(n) / min(n) for n in (own[what], other[what]))
            rows.append(floor(f"{what}: the dearest size over the cheapest, over {base}'s", "<=", 1.0, mine / theirs))
    for name in ("gilbox", "gilbox-off"):
        if "threads" in table.get(name, {}):
            # One thread alone has a core for itself; from two on both cores are at work.
            each = table[name]["threads"][1:]
            rows.append(floor(f"{name}: a thread among 64, over one of two", "<=", 1.1, each[-1] / each[0]))
        if "pauses" in table.get(name, {}):
            longest = table[name]["pauses"][0]
            rows.append(floor(f"{name}: longest pause with 10 million objects, ms", "<=", 250, longest))
    return rows


UNITS = {
    "list": "ns an element, 10^3 to 10^7 of them",
    "dict": "ns an element",
    "set": "ns an element",
    "text": "ns a character",
    "sort": "ns an element and doubling",
    "threads": "ms a thread, 1 to 64 of them",
    "pauses": "ms: longest, 99th percentile; how many",
}


def growth_rows(table):
    """The figures as rows to be printed."""
    kinds = [what for what in UNITS if any(what in figures for figures in table.values())]
    rows = [["growth", "interpreter", "figures", "unit"]]
    for what in kinds:
        for name, figures in table.items():
            numbers = "  ".join(f"{number:.4g}" for number in figures.get(what, []))
            rows.append([what, name, numbers, UNITS[what]])
    return rows
