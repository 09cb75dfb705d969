"""A context manager written as a generator, by hand; nesting; ExitStack by hand."""


class contextmanager:
    def __init__(self, f):
        self.f = f

    def __call__(self, *args):
        m = contextmanager(self.f)
        m.g = self.f(*args)
        return m

    def __enter__(self):
        return next(self.g)

    def __exit__(self, kind, value, tb):
        if kind is None:
            try:
                next(self.g)
            except StopIteration:
                return False
            raise RuntimeError("did not stop")
        try:
            self.g.throw(value)
        except StopIteration:
            return True
        except BaseException as error:
            if error is value:
                return False
            raise
        raise RuntimeError("did not stop after throw")


@contextmanager
def tag(name):
    print(f"<{name}>")
    try:
        yield name
    finally:
        print(f"</{name}>")


@contextmanager
def suppress(*kinds):
    try:
        yield
    except kinds as error:
        print("suppressed", error)


with tag("a") as a, tag("b"):
    print(a)
with suppress(KeyError), tag("c"):
    {}["missing"]
try:
    with tag("d"), suppress(KeyError):
        raise ValueError("escapes")
except ValueError as error:
    print(error)


class Stack:
    def __init__(self):
        self.exits = []

    def __enter__(self):
        return self

    def enter(self, manager):
        value = manager.__enter__()
        self.exits.append(manager)
        return value

    def __exit__(self, *details):
        while self.exits:
            if self.exits.pop().__exit__(*details):
                details = (None, None, None)
        return details[0] is None


with Stack() as stack:
    print([stack.enter(tag(f"n{i}")) for i in range(3)])


def reader():
    with tag("in generator"):
        yield 1
        yield 2


r = reader()
for x in r:
    print(x)
    break
r.close()
r = reader()
print(next(r))
r.close()
