"""Tasks with priorities and dependencies: a heap, a graph, generators that give way to each other."""

import heapq
import itertools
from collections import defaultdict, deque
from functools import partial


class CycleError(Exception):
    pass


class PriorityQueue:
    """The lowest number first, equal ones in the order in which they came; entries can be removed."""

    REMOVED = object()

    def __init__(self):
        self._heap, self._entries, self._counter = [], {}, itertools.count()

    def push(self, item, priority=0):
        if item in self._entries:
            self.remove(item)
        entry = self._entries[item] = [priority, next(self._counter), item]
        heapq.heappush(self._heap, entry)

    def remove(self, item):
        self._entries.pop(item)[-1] = self.REMOVED

    def pop(self):
        while self._heap:
            priority, _, item = heapq.heappop(self._heap)
            if item is not self.REMOVED:
                del self._entries[item]
                return item, priority
        raise IndexError("the queue is empty")

    def __bool__(self):
        return bool(self._entries)


def topological(graph):
    incoming = defaultdict(int)
    for task, needs in graph.items():
        incoming[task] += len(needs)
    ready = deque(sorted(task for task in graph if not incoming[task]))
    while ready:
        done = ready.popleft()
        yield done
        for task in sorted(task for task, needs in graph.items() if done in needs):
            incoming[task] -= 1
            if not incoming[task]:
                ready.append(task)
    if rest := sorted(task for task, count in incoming.items() if count > 0):
        raise CycleError(" -> ".join(rest))


class Scheduler:
    def __init__(self):
        self.time = 0
        self.queue = []
        self.sequence = itertools.count()
        self.log = []

    def at(self, delay, action, *arguments):
        heapq.heappush(self.queue, (self.time + delay, next(self.sequence), partial(action, *arguments)))

    def spawn(self, generator):
        def step():
            try:
                delay = next(generator)
            except StopIteration as end:
                self.log.append((self.time, "end", end.value))
            except Exception as error:
                self.log.append((self.time, "failed", repr(error)))
            else:
                self.at(delay, step)

        self.at(0, step)

    def run(self, until=float("inf")):
        while self.queue and self.queue[0][0] <= until:
            self.time, _, action = heapq.heappop(self.queue)
            action()
        return self.time


def worker(scheduler, name, durations):
    for number, duration in enumerate(durations):
        scheduler.log.append((scheduler.time, name, number))
        yield duration
    return name.upper()


def failing(after):
    yield after
    return 1 / 0


def delegating(scheduler):
    result = yield from worker(scheduler, "inner", [1, 1])
    scheduler.log.append((scheduler.time, "got", result))
    yield 5
    return len(result)


queue = PriorityQueue()
for word, priority in [("low", 9), ("first", 1), ("second", 1), ("middle", 5), ("gone", 0)]:
    queue.push(word, priority)
queue.remove("gone")
queue.push("low", 2)
while queue:
    print(*queue.pop(), end="; ")
print()
try:
    queue.pop()
except IndexError as error:
    print(error)

graph = {"build": {"compile", "test"}, "test": {"compile"}, "compile": {"fetch"}, "fetch": set(), "docs": {"fetch"}}
print(list(topological(graph)))
try:
    graph["fetch"] = {"docs"}
    print(list(topological(graph)))
except CycleError as error:
    print("cycle:", error)

scheduler = Scheduler()
scheduler.spawn(worker(scheduler, "a", [3, 3]))
scheduler.spawn(worker(scheduler, "b", [1, 1, 1, 1]))
scheduler.spawn(failing(2))
scheduler.spawn(delegating(scheduler))
scheduler.at(4, scheduler.log.append, "a callback")
print(scheduler.run(until=3), len(scheduler.queue))
print(scheduler.run())
for entry in scheduler.log:
    print(entry)
print(heapq.nlargest(3, range(20), key=lambda n: n % 7), heapq.nsmallest(2, "scheduler"), list(heapq.merge([1, 4, 7], [2, 3], [], [9])))
print(heapq.heappushpop([3, 5, 8], 1), heapq.heapreplace([3, 5, 8], 9), [*itertools.accumulate([1, 2, 3], lambda a, b: a * 10 + b)])
