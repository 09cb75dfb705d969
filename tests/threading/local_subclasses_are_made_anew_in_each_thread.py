import threading


class Settings(threading.local):
    default = "class attribute"
    made = []

    def __init__(self, name, *, level=1):
        self.made.append(threading.current_thread().name)
        self.name = name
        self.level = level

    def describe(self):
        return f"{self.name}/{self.level}/{self.default}"


settings = Settings("first", level=7)
settings.level += 1
print(settings.describe(), sorted(vars(settings)))


def look(results):
    results.append(settings.describe())
    settings.name = threading.current_thread().name
    settings.default = "its own"
    results.append(settings.describe())
    del settings.default
    results.append(settings.describe())
    try:
        del settings.default
    except AttributeError as exc:
        results.append(str(exc))


for name in ("a", "b"):
    results = []
    thread = threading.Thread(target=look, args=(results,), name=name)
    thread.start()
    thread.join()
    print(results)
print(settings.describe(), settings.made)


class Slotted(threading.local):
    __slots__ = ("shared",)


slotted = Slotted()
slotted.shared = 1
slotted.own = 2


def see(results):
    results.append(getattr(slotted, "shared", "nothing"))
    results.append(getattr(slotted, "own", "nothing"))


results = []
thread = threading.Thread(target=see, args=(results,))
thread.start()
thread.join()
print(results, slotted.own)


class Failing(threading.local):
    def __init__(self):
        if threading.current_thread() is not threading.main_thread():
            raise ValueError("not here")
        self.x = 1


failing = Failing()


def use():
    for _ in range(2):
        try:
            failing.x
        except ValueError as exc:
            print("ValueError", exc)


thread = threading.Thread(target=use)
thread.start()
thread.join()
print(failing.x)
plain = threading.local()
plain.value = 3
print(plain.__dict__, hasattr(plain, "other"), isinstance(settings, threading.local))
try:
    plain.__dict__ = {}
except AttributeError as exc:
    print(exc)
try:
    plain.nothing
except AttributeError as exc:
    print(exc)
