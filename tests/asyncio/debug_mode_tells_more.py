import asyncio
import gc
import logging
import re
import sys
import time
import warnings

# In one stream, so that the order shows.
sys.stderr = sys.stdout


class Shown(logging.Handler):
    """Messages, without times, addresses and what lies in the library."""

    def emit(self, record):
        text = record.getMessage()
        text = re.sub(r"took \d\.\d+ seconds", "took some time", text)
        text = re.sub(r" created at .*?(?=> took)", " created somewhere", text)
        text = re.sub(r" at \S*?([^/ ]+\.py:\d+)", r" at \1", text)
        print(record.levelname, text.split("\n")[0])


logging.getLogger("asyncio").addHandler(Shown())
logging.getLogger("asyncio").propagate = False


async def slow():
    time.sleep(0.6)


def slowly():
    time.sleep(0.6)


async def main():
    loop = asyncio.get_running_loop()
    print(loop.get_debug(), loop.slow_callback_duration)
    loop.slow_callback_duration = 0.5
    await asyncio.create_task(slow(), name="slow")
    loop.call_soon(slowly)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    loop.slow_callback_duration = 60
    # Where things were made is known.
    future = loop.create_future()
    print(len(future._source_traceback) > 0, "created at" in repr(future))
    handle = loop.call_soon(print, 1)
    print(handle._source_traceback is not None, "created at" in repr(handle))
    handle.cancel()
    print(re.sub(r" at .*", "", repr(handle)))
    task = asyncio.create_task(asyncio.sleep(0))
    print(task._source_traceback is not None, "created at" in repr(task))
    await task

    # Calls from another thread are refused.
    def call(name, *args):
        try:
            getattr(loop, name)(*args, print)
        except RuntimeError as exc:
            return f"{name}: {exc}"

    print(await asyncio.to_thread(call, "call_soon"), await asyncio.to_thread(call, "call_later", 0), sep=" | ")
    for wrong in (slow(), slow, 3):
        try:
            loop.call_soon(wrong)
        except TypeError as exc:
            print(str(exc).split(", got")[0])
        if asyncio.iscoroutine(wrong):
            wrong.close()
    loop.set_debug(False)
    print(loop.get_debug(), loop.create_future()._source_traceback)


async def forgotten():
    # Several: a collector that scans the native stack may take a word there for one of them.
    for _ in range(5):
        slow()
        await asyncio.sleep(0)
    gc.collect()


async def lost():
    async def fail():
        raise KeyError("nobody asks")

    asyncio.create_task(fail(), name="lost")
    await asyncio.sleep(0)
    await asyncio.sleep(0)


asyncio.run(main(), debug=True)
print("-- never awaited")
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    asyncio.run(forgotten())
print({str(warning.message).split("\n")[0] for warning in caught})
# Of those that were found alive then.
warnings.simplefilter("ignore", RuntimeWarning)
print("-- never retrieved")
asyncio.run(lost(), debug=True)
gc.collect()
with asyncio.Runner(debug=True) as runner:
    print(runner.get_loop().get_debug())
