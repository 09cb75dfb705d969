import asyncio
import gc
import sys

# In one stream, so that the order shows.
sys.stderr = sys.stdout


async def lost():
    raise KeyError("lost")


async def make_task():
    asyncio.create_task(lost(), name="the lost one")
    await asyncio.sleep(0)
    await asyncio.sleep(0)


async def make_future():
    future = asyncio.get_running_loop().create_future()
    future.set_exception(ValueError("never asked for"))


async def retrieved():
    future = asyncio.get_running_loop().create_future()
    future.set_exception(ValueError("asked for"))
    future.exception()
    task = asyncio.create_task(lost())
    await asyncio.wait([task])
    task.cancel()


async def callback_fails():
    def callback():
        raise OSError("in a callback")

    asyncio.get_running_loop().call_soon(callback)
    await asyncio.sleep(0)


async def wrong_thread():
    loop = asyncio.get_running_loop()
    loop.slow_callback_duration = 60

    def call():
        try:
            loop.call_soon(print)
        except RuntimeError as exc:
            return str(exc)

    print(await asyncio.to_thread(call))
    for wrong in (3, lost):
        try:
            loop.call_soon(wrong)
        except TypeError as exc:
            print(str(exc).split(", got")[0])
    print(loop.get_debug(), asyncio.current_task()._source_traceback is not None)


for program in (make_task, make_future, retrieved, callback_fails):
    print("--", program.__name__)
    asyncio.run(program())
    gc.collect()
print("-- debug")
asyncio.run(wrong_thread(), debug=True)
