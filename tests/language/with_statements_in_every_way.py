"""with: suppression, failing managers, several of them, asynchronous ones, and what lacks the protocol."""


class M:
    def __init__(self, name, suppress=False, fail=None):
        self.name, self.suppress, self.fail = name, suppress, fail

    def __enter__(self):
        print("enter", self.name)
        if self.fail == "enter":
            raise RuntimeError("enter " + self.name)
        return self.name

    def __exit__(self, kind, value, traceback):
        print("exit", self.name, kind and kind.__name__, value, traceback is not None)
        if self.fail == "exit":
            raise RuntimeError("exit " + self.name)
        return self.suppress


with M("a") as a, M("b") as b:
    print(a, b)
with (M("c") as c, M("d", True),):
    raise KeyError("lost")
try:
    with M("e"), M("f", fail="enter"):
        print("never")
except RuntimeError as error:
    print(error, error.__context__)
try:
    with M("g"), M("h", fail="exit"):
        raise ValueError("body")
except RuntimeError as error:
    print(error, repr(error.__context__))


def early():
    for i in range(3):
        with M(i):
            if i == 0:
                continue
            if i == 1:
                break
    with M("r"):
        return "returned"


print(early())
with M("t") as (x, ):
    print(x)
with M("uv") as [x, y]:
    print(x, y)
box = {}
with M("item") as box["k"]:
    print(box)


class NoExit:
    def __enter__(self):
        return self


class NoEnter:
    def __exit__(self, *a):
        pass


class OnInstance:
    def __init__(self):
        self.__enter__ = lambda: 1
        self.__exit__ = lambda *a: None


class Async:
    async def __aenter__(self):
        print("aenter")
        return 1

    async def __aexit__(self, *a):
        print("aexit", a[0])
        return True


for manager in (NoExit(), NoEnter(), OnInstance(), 5, None, Async(), M):
    try:
        with manager:
            print("inside")
    except Exception as error:
        print(type(error).__name__, error)


async def use(manager):
    async with manager as value:
        print("value", value)
        raise KeyError
    return "after"


def run(coroutine):
    try:
        while True:
            coroutine.send(None)
    except StopIteration as stop:
        return stop.value


for manager in (Async(), M("sync"), 5):
    try:
        print(run(use(manager)))
    except Exception as error:
        print(type(error).__name__, error)


class Truthy:
    def __enter__(self):
        pass

    def __exit__(self, *a):
        return [1]


class BadTruth:
    def __enter__(self):
        pass

    def __exit__(self, *a):
        class T:
            def __bool__(self):
                raise OSError("bool")
        return T()


with Truthy():
    1 / 0
try:
    with BadTruth():
        1 / 0
except OSError as error:
    print(error, repr(error.__context__))
print(type(Truthy.__exit__).__name__)
