import gc
import warnings

# What lies about until after it was looked for is not to be heard of.
warnings.simplefilter("ignore")


async def values():
    yield 1


async def others():
    yield 1


class Source:
    async def read(self):
        yield 1


def told(make):
    """What is said of some awaitables. (The last one may still lie about.)"""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for _ in range(20):
            make()
        gc.collect()
    return {(str(one.message), one.category.__name__) for one in caught}


def says(make, method, name):
    message = f"coroutine method '{method}' of '{name}' was never awaited"
    print(message, (message, "RuntimeWarning") in told(make))


says(lambda: [values().asend(None)] and None, "asend", "values")
says(lambda: [values().athrow(ValueError)] and None, "athrow", "values")
says(lambda: [values().aclose()] and None, "aclose", "values")
says(lambda: [Source().read().asend(None)] and None, "asend", "Source.read")


def begun():
    step = others().asend(None)
    try:
        step.send(None)
    except StopIteration:
        pass


def closed():
    others().asend(None).close()
    others().aclose().close()


says(begun, "asend", "others")
says(closed, "asend", "others")
says(closed, "aclose", "others")
