"""Tracebacks through await."""


class Wait:
    def __await__(self):
        yield
        raise OSError("from __await__")


async def inner():
    await Wait()


async def outer():
    async with Guard():
        await inner()


class Guard:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *details):
        print(details[0].__name__)


c = outer()
c.send(None)
c.send(None)
