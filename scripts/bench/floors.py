"""The project's floors and bars: what was measured, held against what is wanted."""

import math
import os
import statistics
import tempfile

from interpreters import HERE, Failure, Program, find_interpreter, marked, note, programs_of, progress, run


# ---------------------------------------------------------------- figures of a table


def seconds(result, key):
    """The median of a result's samples, or None if the program failed."""
    return statistics.median(result[key]) if result.get(key) else None


def geometric_mean(values):
    values = [v for v in values if v]
    return math.exp(sum(map(math.log, values)) / len(values)) if values else None


def ratios(table, base, key):
    """{interpreter: {program: base time / its time}} for everything that ran on both."""
    out = {}
    for program, results in table.items():
        reference = seconds(results.get(base, {}), key)
        for name, result in results.items():
            own = seconds(result, key)
            if reference and own:
                out.setdefault(name, {})[program] = reference / own
    return out


def memory_ratio(table, base, name):
    """Geometric mean of peak memory over the base's peak memory."""
    pairs = [(r.get(name, {}).get("kb"), r.get(base, {}).get("kb")) for r in table.values()]
    return geometric_mean([a / b for a, b in pairs if a and b])


# ---------------------------------------------------------------- floors


# What two threads do to each other varies more from run to run than what one does, and each run takes half a second.
FEWEST_THREADED_ROUNDS = 9


def thread_floors(rounds, timeout):
    """Threads without a lock against processes, and threads under the lock against a sequence."""
    rounds = max(FEWEST_THREADED_ROUNDS, rounds)
    on = find_interpreter("gilbox")
    off = find_interpreter("gilbox-off")
    rows = []
    for stem in ("independent_cpu", "independent_objects"):
        path = os.path.join(HERE, "threaded", stem + ".py")
        cases = {
            "one": (off, ["1"], 1),
            "threads": (off, ["2"], 1),
            "processes": (off, ["1"], 2),
            "turns": (on, ["2"], 1),
            "sequence": (on, ["2", "sequential"], 1),
        }
        samples = {case: [] for case in cases}
        for index in range(rounds):
            took = {}
            for case, (interpreter, arguments, copies) in cases.items():
                progress(f"{stem}: {case}, round {index + 1} of {rounds}")
                argv = interpreter.argv(Program(path, arguments))
                try:
                    took[case] = run(interpreter, argv, timeout, copies)[0]
                except Failure as failure:
                    note(f"! {stem} {case}: {failure}")
            if len(took) == len(cases):
                for case, seconds in took.items():
                    samples[case].append(seconds)
        if not samples["one"]:
            continue

        def ratio(over, under, samples=samples):
            """The median of the rounds' ratios: what slows a whole round down is in both halves of its ratio."""
            return statistics.median(a / b for a, b in zip(samples[over], samples[under]))

        speedups = f"{2 * ratio('one', 'threads'):.2f} of {2 * ratio('one', 'processes'):.2f}"
        rows.append(
            floor(f"{stem}: two threads, lock off, share of two processes' speed-up ({speedups})",
                  ">=", 0.93, ratio("processes", "threads"))
        )
        rows.append(
            floor(f"{stem}: two threads, lock on, over one after the other",
                  "<=", 1.05, ratio("turns", "sequence"))
        )
    return rows


def floor(text, relation, wanted, got):
    held = got is not None and (got >= wanted if relation == ">=" else got <= wanted)
    return {"floor": text, "wanted": f"{relation} {wanted:.2f}", "got": got, "held": held}


def table_floors(single, startup, base, key):
    """The floors that follow from the single-thread table and the start-up times."""
    values = ratios(single, base, key).get("gilbox", {})
    failed = sum("error" in r.get("gilbox", {}) for r in single.values())
    cost = ratios(single, "gilbox-off", key).get("gilbox", {})
    rows = [
        floor("single-thread programs that fail", "<=", 0, float(failed)),
        floor(f"times as fast as {base}, geometric mean", ">=", 1.8, geometric_mean(values.values())),
        floor(f"times as fast as {base}, slowest program", ">=", 0.7, min(values.values(), default=None)),
        floor("lock off over lock on, geometric mean", "<=", 1.05, geometric_mean(cost.values())),
        floor(f"peak memory over {base}'s, geometric mean", "<=", 1.0, memory_ratio(single, base, "gilbox")),
    ]
    if startup.get("gilbox") and startup.get(base):
        ratio = startup["gilbox"] / startup[base]
        rows.append(floor(f"start-up over {base}'s", "<=", 1.0, ratio))
    return rows


def concurrency_floors(table, base):
    """The bars of threads, tasks and processes, by wall time."""
    values = ratios(table, base, "wall").get("gilbox", {})
    failed = sum("error" in r.get("gilbox", {}) for r in table.values())
    return [
        floor("concurrent programs that fail", "<=", 0, float(failed)),
        floor(f"times as fast as {base}, geometric mean", ">=", 1.5, geometric_mean(values.values())),
        floor(f"times as fast as {base}, slowest program", ">=", 1.0, min(values.values(), default=None)),
    ]


def recording_floors(rounds, timeout):
    """What recording costs: wall time of a program that is recorded over that of one that is not."""
    rounds = max(FEWEST_THREADED_ROUNDS, rounds)
    gilbox = find_interpreter("gilbox")
    rows = []
    with tempfile.NamedTemporaryFile(suffix=".gil") as file:
        for program in programs_of("recording", None):
            most = float(bar_of(program))
            plain = gilbox.argv(program)
            recorded = plain[:1] + ["--record", file.name] + plain[1:]
            shares, counts = [], []
            for index in range(rounds):
                progress(f"{program.name}: recorded and not, round {index + 1} of {rounds}")
                try:
                    before, _, text = run(gilbox, plain, timeout)
                    after, _, _ = run(gilbox, recorded, timeout)
                except Failure as failure:
                    note(f"! {program.name}: {failure}")
                    break
                shares.append(after / before)
                count, what = text.split()[-2:]
                counts.append(int(count) / before)
            per_second = f"{statistics.median(counts):,.0f} {what}/s" if counts else "failed"
            spread = f", {min(shares):.2f} to {max(shares):.2f}" if shares else ""
            rows.append(
                floor(f"{program.name} ({per_second}), recorded over not{spread}",
                      "<=", most, statistics.median(shares) if shares else None)
            )
    return rows


def bar_of(program):
    """The line `# bar: RATIO` of a program."""
    return marked(program.path, "# bar:")[0][0]
