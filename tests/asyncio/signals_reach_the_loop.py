import asyncio
import signal


def attempt(call):
    try:
        return call()
    except Exception as exc:
        return f"{type(exc).__name__}: {exc}"


async def main():
    loop = asyncio.get_running_loop()
    got = asyncio.Queue()
    loop.add_signal_handler(signal.SIGUSR1, got.put_nowait, "usr1")
    loop.call_later(0.01, signal.raise_signal, signal.SIGUSR1)
    print(await got.get())
    loop.add_signal_handler(signal.SIGALRM, got.put_nowait, "alarm")
    signal.setitimer(signal.ITIMER_REAL, 0.02)
    print(await got.get())
    print(loop.remove_signal_handler(signal.SIGUSR1), loop.remove_signal_handler(signal.SIGUSR1))
    print(signal.getsignal(signal.SIGUSR1), loop.remove_signal_handler(signal.SIGALRM))
    for wrong in (lambda: loop.add_signal_handler("x", print), lambda: loop.add_signal_handler(999, print),
                  lambda: loop.add_signal_handler(signal.SIGKILL, print), lambda: loop.add_signal_handler(signal.SIGUSR1, main)):
        print(attempt(wrong))


asyncio.run(main())


# Ctrl-C cancels what asyncio.run() runs, which may clean up.
async def interrupted():
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError:
        print("cleaning up", asyncio.current_task().cancelling())
        await asyncio.sleep(0)
        raise


async def interrupts_itself():
    asyncio.get_running_loop().call_later(0.01, signal.raise_signal, signal.SIGINT)
    await interrupted()


try:
    asyncio.run(interrupts_itself())
except KeyboardInterrupt as exc:
    print(repr(exc))
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)


async def survives():
    asyncio.get_running_loop().call_later(0.01, signal.raise_signal, signal.SIGINT)
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError:
        return "survived"


print(asyncio.run(survives()))
