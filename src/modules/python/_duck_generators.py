"""What `types.coroutine` gives for a function that returns a generator: one that can be awaited."""

# What is here is known as the own of types.
__name__ = "types"


class _GeneratorWrapper:
    """A generator, or what behaves like one, that can be awaited."""

    def __init__(self, gen):
        self.__wrapped = gen
        self.__is_generator = type(gen) is type(_ for _ in ())
        self.__name__ = getattr(gen, "__name__", None)
        self.__qualname__ = getattr(gen, "__qualname__", None)

    def send(self, value):
        return self.__wrapped.send(value)

    def throw(self, typ, *rest):
        return self.__wrapped.throw(typ, *rest)

    def close(self):
        return self.__wrapped.close()

    def __next__(self):
        return next(self.__wrapped)

    def __iter__(self):
        return self.__wrapped if self.__is_generator else self

    __await__ = __iter__

    @property
    def gi_code(self):
        return self.__wrapped.gi_code

    @property
    def gi_frame(self):
        return self.__wrapped.gi_frame

    @property
    def gi_running(self):
        return self.__wrapped.gi_running

    @property
    def gi_yieldfrom(self):
        return self.__wrapped.gi_yieldfrom

    @property
    def gi_suspended(self):
        return self.__wrapped.gi_suspended

    cr_code, cr_frame, cr_running, cr_await, cr_suspended = gi_code, gi_frame, gi_running, gi_yieldfrom, gi_suspended
