import concurrent.futures as futures
import sys
import threading
from concurrent.futures import Future, _base


def without_addresses(text):
    return " ".join(word for word in text.split(" ") if not word.startswith("0x"))


def report(function):
    try:
        return without_addresses(repr(function()))
    except BaseException as exc:
        return without_addresses(f"{type(exc).__name__}: {exc}")


sys.stderr = sys.stdout
for name in ("Error", "CancelledError", "TimeoutError", "InvalidStateError", "BrokenExecutor"):
    kind = getattr(_base, name)
    print(kind, kind.__base__)
print(futures.TimeoutError is TimeoutError, futures.Future, futures.Executor, futures.ThreadPoolExecutor)

future = Future()
print(report(lambda: future), future.done(), future.running(), future.cancelled())
future.set_result(3)
print(report(lambda: future), future.done(), future.result(), future.exception(), future.result(timeout=0))
print(report(lambda: future.set_result(4)), future.result())
print(report(lambda: future.set_exception(ValueError())), future.cancel())

future = Future()
print(future.cancel(), future.cancel(), report(lambda: future), future.cancelled(), future.done(), future.running())
print(report(future.result), report(future.exception))
print(future.set_running_or_notify_cancel(), report(lambda: future), report(lambda: future.set_result(1)))

future = Future()
print(report(lambda: future.result(0.01)), report(lambda: future.exception(0)))
print(future.set_running_or_notify_cancel(), report(lambda: future), future.running(), future.cancel())
future.set_exception(KeyError(1))
print(report(lambda: future), report(future.result), report(future.exception))

# Callbacks run in order, at once if it is done; what they raise is reported and harms nobody.
future = Future()
called = []
future.add_done_callback(lambda f: called.append(("first", f.result())))
future.add_done_callback(lambda f: called.append(("second", f is future)))
future.set_result("r")
future.add_done_callback(lambda f: called.append("late"))
print(called)
cancelled = Future()
cancelled.add_done_callback(lambda f: called.append(f.cancelled()))
cancelled.cancel()
print(called[-1])

# Waiting in one thread for what another does.
future = Future()
threading.Timer(0.02, future.set_result, ("in time",)).start()
print(future.result(timeout=10))
future = Future()
threading.Timer(0.02, future.set_exception, (OSError("no"),)).start()
print(report(lambda: future.result()))
future = Future()
threading.Timer(0.02, future.cancel).start()
print(report(lambda: future.result()))

# wait()
done, pending, failed = Future(), Future(), Future()
done.set_result(1), failed.set_exception(ValueError("f"))
result = futures.wait([done, pending], timeout=0.01)
print(result.done == {done}, result.not_done == {pending}, result._fields, type(result).__name__)
print(len(futures.wait([done, pending], return_when=futures.FIRST_COMPLETED).done))
print(len(futures.wait([failed, pending], return_when=futures.FIRST_EXCEPTION).done))
print(report(lambda: futures.wait([done, pending], return_when="x")), futures.wait([]))
threading.Timer(0.02, pending.set_result, (2,)).start()
print(len(futures.wait({done, pending, failed}).done))
other, third = Future(), Future()
threading.Timer(0.02, other.set_exception, (ValueError(),)).start()
result = futures.wait([done, other, third], return_when=futures.FIRST_EXCEPTION)
print(result.not_done == {third})

# as_completed()
first, second, late = Future(), Future(), Future()
first.set_result("first")
order = []
for future in futures.as_completed([late, second, first, first]):
    order.append(report(future.result))
    if future is first:
        threading.Timer(0.01, second.set_result, ("second",)).start()
    elif future is second:
        late.cancel()
        late.set_running_or_notify_cancel()
print(order)
print(report(lambda: list(futures.as_completed([first, Future()], timeout=0.01))))
print(report(lambda: list(futures.as_completed([1]))), list(futures.as_completed([])))
print(report(lambda: futures.Executor().submit(print)), Future[int])
with futures.Executor() as executor:
    print(report(lambda: executor.map(print, [1])))
