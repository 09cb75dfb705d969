"""A scheduler of jobs with asyncio: dependencies, retries, time limits, cancellation, a journal."""

import asyncio
import contextlib
import contextvars
import dataclasses
import enum
import functools
import inspect
import itertools
from collections import defaultdict
from typing import Awaitable, Callable

current: contextvars.ContextVar[str] = contextvars.ContextVar("current", default="nobody")


class Status(enum.Enum):
    WAITING, RUNNING, DONE, FAILED, SKIPPED = range(5)

    def __bool__(self):
        return self in (Status.DONE, Status.FAILED, Status.SKIPPED)


class JobError(Exception):
    def __init__(self, job, *args):
        super().__init__(job, *args)
        self.job = job

    def __str__(self):
        return f"{self.job}: {', '.join(map(str, self.args[1:]))}"


class Cycle(JobError):
    pass


@dataclasses.dataclass(slots=True, kw_only=True)
class Job:
    name: str
    work: Callable[..., Awaitable]
    needs: tuple[str, ...] = ()
    retries: int = 0
    timeout: float | None = None
    status: Status = Status.WAITING
    attempts: int = dataclasses.field(default=0, init=False)
    result: object = dataclasses.field(default=None, init=False, repr=False)

    def __post_init__(self):
        if not inspect.iscoroutinefunction(self.work):
            raise TypeError(f"the work of {self.name!r} is no coroutine function")


class Journal:
    def __init__(self):
        self.lines = []
        self._changed = asyncio.Event()

    def write(self, *words):
        self.lines.append(" ".join(map(str, words)))
        self._changed.set()

    async def follow(self, until):
        at = 0
        while True:
            while at < len(self.lines):
                line = self.lines[at]
                at += 1
                yield line
                if line == until:
                    return
            self._changed.clear()
            await self._changed.wait()


class Scheduler:
    def __init__(self, workers=2):
        self.jobs: dict[str, Job] = {}
        self.workers = asyncio.Semaphore(workers)
        self.most = self.running = 0
        self.journal = Journal()
        self.hooks = defaultdict(list)

    def job(self, *needs, **options):
        def decorate(function):
            name = options.pop("name", function.__name__)
            self.jobs[name] = Job(name=name, work=function, needs=needs, **options)
            return function
        return decorate

    def on(self, status):
        return lambda hook: self.hooks[status].append(hook) or hook

    def order(self):
        done, path = {}, []

        def visit(name):
            if name in path:
                raise Cycle(name, *path[path.index(name):])
            if name in done:
                return
            path.append(name)
            try:
                needs = self.jobs[name].needs
            except KeyError as error:
                raise JobError(path[-2] if len(path) > 1 else name, f"needs {error}") from error
            for need in needs:
                visit(need)
            done[path.pop()] = len(done)

        for name in sorted(self.jobs):
            visit(name)
        return list(done)

    async def _attempt(self, job, arguments):
        async with self.workers:
            self.running += 1
            self.most = max(self.most, self.running)
            try:
                async with asyncio.timeout(job.timeout):
                    return await job.work(*arguments)
            finally:
                self.running -= 1

    async def _run(self, job, needs):
        current.set(job.name)
        try:
            arguments = await asyncio.gather(*needs)
        except JobError as error:
            self._change(job, Status.SKIPPED)
            raise JobError(job.name, f"skipped after {error.job}") from error
        for attempt in itertools.count(1):
            job.attempts = attempt
            self._change(job, Status.RUNNING)
            try:
                job.result = await self._attempt(job, arguments)
            except asyncio.CancelledError:
                self.journal.write("cancelled", job.name)
                raise
            except Exception as error:
                self.journal.write("failed", job.name, attempt, repr(error))
                if attempt > job.retries:
                    self._change(job, Status.FAILED)
                    raise JobError(job.name, error) from error
                await asyncio.sleep(0)
            else:
                self._change(job, Status.DONE)
                return job.result

    def _change(self, job, status):
        job.status = status
        self.journal.write(status.name.lower(), job.name)
        for hook in self.hooks[status]:
            hook(job)

    async def run(self):
        tasks = {}
        for name in self.order():
            job = self.jobs[name]
            tasks[name] = asyncio.create_task(self._run(job, [tasks[n] for n in job.needs]), name=name)
        outcomes = await asyncio.gather(*tasks.values(), return_exceptions=True)
        self.journal.write("end")
        return dict(zip(tasks, outcomes))


async def retries_and_dependencies():
    s = Scheduler()
    failures = iter([OSError("flaky"), None])

    @s.job()
    async def fetch():
        await asyncio.sleep(0.001)
        return [3, 1, 2]

    @s.job("fetch", retries=2)
    async def parse(data):
        if error := next(failures):
            raise error
        return sorted(data)

    @s.job("parse", "fetch", name="report")
    async def write(parsed, raw):
        return f"{current.get()}: {raw} -> {parsed}"

    @s.job(timeout=0.01)
    async def slow():
        await asyncio.sleep(10)

    @s.job("slow")
    async def after(_):
        raise AssertionError("never")

    @s.on(Status.SKIPPED)
    def skipped(job):
        print("hook:", job.name, job.status, [f.name for f in dataclasses.fields(job)])

    print(s.order())

    async def reader():
        return [line async for line in s.journal.follow("end") if "report" in line or line == "end"]

    async with asyncio.TaskGroup() as group:
        seen = group.create_task(reader())
        outcome = group.create_task(s.run())
    print(seen.result())
    for name, value in outcome.result().items():
        print(f"{name:8}{s.jobs[name].status.name:9}{s.jobs[name].attempts}  {value!r}")
        if isinstance(value, JobError):
            print("   ", value, "<-", repr(value.__cause__))
    print(s.most, sum(bool(job.status) for job in s.jobs.values()), current.get())


async def bad_graphs():
    s = Scheduler()

    async def nothing(*_):
        pass

    for name, *needs in ("a", "b"), ("b", "c"), ("c", "a"):
        s.job(*needs, name=name)(nothing)
    try:
        await s.run()
    except Cycle as error:
        print(type(error).__name__, error, error.args)
    s.jobs.pop("c")
    try:
        s.order()
    except JobError as error:
        print(error, repr(error.__cause__))
    try:
        s.job()(lambda: None)
    except TypeError as error:
        print(error)


async def cancellation():
    log = []

    async def stubborn(n):
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError as error:
            log.append((n, error.args))
            if n == 2:
                raise ValueError("in the way") from None
            raise
        finally:
            log.append(f"{n} cleaned up")

    async def broken():
        await asyncio.sleep(0)
        raise KeyError("first")

    try:
        async with asyncio.TaskGroup() as group:
            for n in range(3):
                group.create_task(stubborn(n))
            group.create_task(broken())
    except* KeyError as errors:
        print("keys", errors.exceptions)
    except* ValueError as errors:
        print("values", errors.exceptions)
    print(sorted(map(str, log)))
    task = asyncio.create_task(stubborn(9))
    await asyncio.sleep(0)
    print(task.cancel("enough"), task.cancelling())
    with contextlib.suppress(asyncio.CancelledError):
        await task
    print(task.cancelled(), log[-2:])
    inner = asyncio.create_task(asyncio.sleep(0.01, "shielded"))
    try:
        await asyncio.wait_for(asyncio.shield(inner), 0.001)
    except TimeoutError as error:
        print(repr(error), await inner)
    done, pending = await asyncio.wait([asyncio.create_task(asyncio.sleep(n, n)) for n in (0, 5)],
                                       return_when=asyncio.FIRST_COMPLETED)
    print([t.result() for t in done], len(pending), [t.cancel() for t in pending])


async def streams_of_values():
    async def produce(q):
        for n in range(5):
            await q.put(n)
        q.shutdown()

    async def consume(q, out):
        with contextlib.suppress(asyncio.QueueShutDown):
            while True:
                out.append(await q.get())
                q.task_done()

    q, out = asyncio.Queue(2), []
    await asyncio.gather(produce(q), consume(q, out))
    print(out, q)

    @contextlib.asynccontextmanager
    async def resource(name):
        print("open", name)
        try:
            yield name.upper()
        except ZeroDivisionError as error:
            print("swallowed", error)
        finally:
            print("close", name)

    async with contextlib.AsyncExitStack() as stack:
        names = [await stack.enter_async_context(resource(n)) for n in ("one", "two")]
        stack.push_async_callback(functools.partial(asyncio.sleep, 0))
        print(names)
        1 / 0
    lock, order = asyncio.Lock(), []

    async def critical(n):
        async with lock:
            order.append(n)
            await asyncio.sleep(0)
            order.append(n)

    await asyncio.gather(*map(critical, range(3)))
    print(order, lock.locked())
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    loop.call_soon(future.set_result, "soon")
    loop.call_later(0.001, order.append, "later")
    print(await future, future.done())
    await asyncio.sleep(0.005)
    print(order[-1], await asyncio.to_thread(sum, [1, 2, 3]))
    try:
        future.set_result(2)
    except asyncio.InvalidStateError as error:
        print(type(error).__name__, error)


for main in (retries_and_dependencies, bad_graphs, cancellation, streams_of_values):
    print("--", main.__name__)
    asyncio.run(main())
