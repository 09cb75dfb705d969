# An exception gets its context where it is raised, not where native code between two functions hands it on.
from contextlib import ExitStack, contextmanager


class Mine(Exception):
    pass


def without_context():
    exc = Mine()
    try:
        raise exc
    finally:
        exc.__context__ = None


def generator():
    try:
        yield
    except BaseException:
        without_context()


class Manager:
    def __enter__(self):
        return self

    def __exit__(self, *details):
        without_context()


class Compared:
    def __eq__(self, other):
        without_context()

    def __hash__(self):
        return 1

    def __repr__(self):
        raise Mine("repr")

    def __getattr__(self, name):
        without_context()


@contextmanager
def managed():
    try:
        yield
    except BaseException:
        without_context()


def throwing():
    g = generator()
    next(g)
    g.throw(IndexError())


def leaving():
    with Manager():
        raise IndexError


def leaving_stack():
    with ExitStack() as stack:
        stack.enter_context(managed())
        stack.push(Manager())
        raise IndexError


def yielding_from():
    def outer():
        yield from generator()
    g = outer()
    next(g)
    g.throw(IndexError())


def chained():
    def outer():
        try:
            yield from generator()
        except Mine as mine:
            raise ValueError from None
    g = outer()
    next(g)
    g.throw(IndexError())


kept = Mine("kept")


def raised_again():
    raise kept


for call in (throwing, leaving, leaving_stack, yielding_from, chained, lambda: sorted([1, 2], key=lambda x: without_context()),
             lambda: {Compared(): 1}[Compared()], lambda: [Compared()] == [1], lambda: repr([Compared()]), lambda: Compared().x,
             lambda: next(map(lambda x: without_context(), [1])), lambda: int("x"), raised_again, raised_again):
    for outer in (KeyError("outer"), None, OSError("other")):
        try:
            try:
                if outer:
                    raise outer
                call()
            except (KeyError, OSError):
                call()
        except Exception as error:
            print(type(error).__name__, repr(error.__context__), repr(error.__cause__))


@contextmanager
def raising(exc):
    try:
        yield
    finally:
        raise exc


def handling():
    try:
        raise KeyError("own")
    except KeyError:
        yield


errors = [Exception(n) for n in range(1, 5)]
try:
    with ExitStack() as stack:
        for error in reversed(errors[1:]):
            stack.enter_context(raising(error))
        raise errors[0]
except Exception as last:
    while last:
        print(repr(last), end=" ")
        last = last.__context__
print()
for generator_function in (generator, handling):
    thrown = Mine("thrown")
    thrown.__context__ = IndexError("before")
    made = generator_function()
    next(made)
    try:
        try:
            raise OSError("outer")
        except OSError:
            made.throw(thrown)
    except Exception as error:
        print(repr(error), repr(error.__context__), repr(thrown.__context__))
