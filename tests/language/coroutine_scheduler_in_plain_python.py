"""Generators as tasks under a round-robin scheduler; async functions on the same loop."""


class Scheduler:
    def __init__(self):
        self.ready = []
        self.log = []

    def spawn(self, task):
        self.ready.append(task)

    def run(self):
        while self.ready:
            task = self.ready.pop(0)
            try:
                event = task.send(None)
            except StopIteration as stop:
                self.log.append(("done", stop.value))
            else:
                self.log.append(event)
                self.ready.append(task)


def worker(name, n):
    for i in range(n):
        yield name, i
    return name


class Yield:
    def __init__(self, event):
        self.event = event

    def __await__(self):
        yield self.event


async def helper(name, i):
    await Yield((name, i))
    return i * i


async def async_worker(name, n):
    total = 0
    for i in range(n):
        total += await helper(name, i)
    return name, total


s = Scheduler()
s.spawn(worker("a", 2))
s.spawn(worker("b", 3))
s.spawn(async_worker("c", 3))
s.run()
for event in s.log:
    print(event)


async def gather(*coroutines):
    results = [None] * len(coroutines)
    pending = dict(enumerate(coroutines))
    while pending:
        for i, c in list(pending.items()):
            try:
                await Yield(c.send(None))
            except StopIteration as stop:
                results[i] = stop.value
                del pending[i]
    return results


s = Scheduler()
s.spawn(gather(async_worker("x", 2), async_worker("y", 1)))
s.run()
print(s.log)
