import asyncio
import contextvars
import gc
import sys
import weakref

# In one stream, so that the order shows.
sys.stderr = sys.stdout

var = contextvars.ContextVar("var", default="default")


def attempt(call):
    try:
        return call()
    except BaseException as exc:
        return f"{type(exc).__name__}: {exc}"


async def futures():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    print(future, future.done(), future.cancelled(), future.get_loop() is loop, asyncio.isfuture(future))
    print(future._state, future._asyncio_future_blocking, future._callbacks, future._exception, future._source_traceback)
    print(attempt(future.result), attempt(future.exception), sep=" | ")
    future.own = 1
    reference = weakref.ref(future)
    print(future.own, reference() is future, type(future).__module__, asyncio.Future[int])
    future.add_done_callback(print)
    future.add_done_callback(print)
    print(len(future._callbacks), future._callbacks[0][0] is print, future.remove_done_callback(print), future._callbacks)
    future.set_result("the result")
    print(future, attempt(lambda: future.set_result(1)), attempt(lambda: future.set_exception(KeyError())), sep=" | ")
    print(future.cancel(), [await future, await future])
    failed = loop.create_future()
    print(attempt(lambda: failed.set_exception(3)), attempt(lambda: setattr(failed, "_log_traceback", True)), sep=" | ")
    failed.set_exception(ValueError)
    print(failed._log_traceback, repr(failed.exception()), failed._log_traceback, failed)
    stop = loop.create_future()
    stop.set_exception(StopIteration(1))
    print(attempt(stop.result), repr(stop.exception().__cause__))
    cancelled = loop.create_future()
    print(cancelled.cancel(msg="reason"), cancelled.cancel(), cancelled, attempt(cancelled.result), cancelled._cancel_message)
    print(attempt(cancelled.exception), attempt(lambda: asyncio.Future(3)).split(": ")[0])

    # By hand, what await does.
    steps = iter(loop.create_future())
    print(type(steps).__name__, asyncio.isfuture(next(steps)), attempt(lambda: next(steps)))
    done = loop.create_future()
    done.set_result(5)
    print(attempt(lambda: next(iter(done))), attempt(lambda: iter(done).throw(KeyError("k"))), attempt(iter(done).close))


class Kept(asyncio.Future):
    def __init__(self, *, loop):
        super().__init__(loop=loop)
        self.log = []

    def set_result(self, result):
        self.log.append(result)
        super().set_result(result * 2)

    def cancel(self, msg=None):
        self.log.append(msg)
        return super().cancel(msg=msg)


class Bare(asyncio.Future):
    def __init__(self):
        pass


class Foreign:
    """Something that passes for a future."""

    _asyncio_future_blocking = False

    def __init__(self, loop):
        self.loop = loop

    def get_loop(self):
        return self.loop

    def add_done_callback(self, callback, *, context):
        self.loop.call_soon(callback, self, context=context)

    def result(self):
        return "unused"

    def __await__(self):
        self._asyncio_future_blocking = True
        yield self
        return "foreign"


async def subclasses():
    loop = asyncio.get_running_loop()
    kept = Kept(loop=loop)
    loop.call_soon(kept.set_result, 4)
    print(await kept, kept.log, repr(kept))
    kept = Kept(loop=loop)

    async def wait():
        await kept

    task = asyncio.create_task(wait())
    await asyncio.sleep(0)
    task.cancel("enough")
    print(await asyncio.gather(task, return_exceptions=True), kept.log)
    bare = Bare()
    print(attempt(bare.result), attempt(lambda: bare.set_result(1)), attempt(lambda: bare.add_done_callback(print)), sep=" | ")
    print(await Foreign(loop))

    class Named(asyncio.Task):
        def get_name(self):
            return "named " + super().get_name()

    async def who():
        return asyncio.current_task().get_name()

    print(await Named(who(), loop=loop, name="x"))
    loop.set_task_factory(lambda loop, coro, **kwargs: Named(coro, loop=loop, **kwargs))
    print(await asyncio.create_task(who(), name="y"), loop.get_task_factory() is not None)


async def tasks():
    async def work():
        try:
            await asyncio.sleep(10)
        finally:
            print("in", asyncio.current_task().get_name(), asyncio.current_task().cancelling())

    task = asyncio.create_task(work(), name="worker")
    print(task.get_name(), task.get_coro().__name__, task.get_context() is not None, task._fut_waiter, task._must_cancel)
    await asyncio.sleep(0)
    print(task._fut_waiter is not None, task in asyncio.all_tasks(), len(task.get_stack()))
    print(task.cancel("first"), task.cancelling(), task.cancel(), task.cancelling(), task.uncancel(), task.uncancel(), task.uncancel())
    print(await asyncio.gather(task, return_exceptions=True), task.cancelled(), task in asyncio.all_tasks())
    print(attempt(lambda: asyncio.Task(work)).split(" <")[0])
    unnamed = [asyncio.create_task(asyncio.sleep(0)) for _ in range(2)]
    first, second = (int(task.get_name().removeprefix("Task-")) for task in unnamed)
    print(second - first)
    await asyncio.wait(unnamed)

    # A coroutine that ends itself.
    async def ends():
        asyncio.current_task().cancel("own")
        return "never"

    print(repr(await asyncio.gather(asyncio.create_task(ends()), return_exceptions=True)))


async def contexts():
    loop = asyncio.get_running_loop()
    var.set("main")

    async def show(value):
        before = var.get()
        var.set(value)
        await asyncio.sleep(0)
        return before, var.get()

    context = contextvars.copy_context()
    context.run(var.set, "given")
    print(await asyncio.gather(show("a"), show("b")), await asyncio.create_task(show("c"), context=context), context[var])
    print(await asyncio.Task(show("eager"), loop=loop, eager_start=True), var.get())

    async def at_once():
        var.set("changed")
        return asyncio.current_task().get_name()

    eager = asyncio.eager_task_factory(loop, at_once(), name="now")
    print(eager.done(), eager.result(), var.get(), asyncio.current_task().get_name() != "now")
    seen = []
    future = loop.create_future()
    future.add_done_callback(lambda _: seen.append(var.get()))
    future.add_done_callback(lambda _: seen.append(var.get()), context=context)
    var.set("later")
    loop.call_soon(lambda: seen.append(var.get()))
    loop.call_soon(lambda: seen.append(var.get()), context=context)
    future.set_result(None)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(sorted(seen))


async def handles():
    loop = asyncio.get_running_loop()
    handle = loop.call_soon(print, "called")
    print(handle, handle.cancelled(), isinstance(handle, asyncio.Handle), handle.get_context() is not None)
    timers = [loop.call_later(delay, print, "late") for delay in (30, 10, 20)]
    print(sorted(timers) == [timers[1], timers[2], timers[0]], timers[0] > timers[1], timers[0] == timers[0])
    print(timers[0].when() - timers[1].when() > 19, hash(timers[0]) == hash(timers[0].when()), repr(timers[0]).startswith("<TimerHandle when="))
    for timer in timers:
        timer.cancel()
    print(timers[0].cancelled(), repr(timers[0]).split(" when=")[0], asyncio.Handle(print, (1,), loop))
    await asyncio.sleep(0)


def left_pending():
    loop = asyncio.new_event_loop()

    async def never():
        await loop.create_future()

    task = loop.create_task(never(), name="forgotten")
    loop.call_soon(loop.stop)
    loop.run_forever()
    task = never = None
    loop.close()
    loop = None
    gc.collect()


for program in (futures, subclasses, tasks, contexts, handles):
    print("--", program.__name__)
    asyncio.run(program())
print("-- left_pending")
left_pending()
