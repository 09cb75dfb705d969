import asyncio

async def worker():
    for _ in range(1000000):
        pass

async def main():
    await asyncio.gather(worker(), worker())

asyncio.run(main())
print("Asynchronous tasks completed")
