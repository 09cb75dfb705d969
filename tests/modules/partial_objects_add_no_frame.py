# functools.partial, partialmethod, lru_cache, reduce and cmp_to_key: calls through them leave no trace.
import copy
import pickle
import sys
import traceback
import weakref
from functools import Placeholder, cmp_to_key, lru_cache, partial, partialmethod, reduce


def attempt(call):
    try:
        print(repr(call()).replace(hex(id(take)), "0x"))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


def take(*args, **kwargs):
    return args, kwargs


print("--- frames")


def scope():
    inner = 5
    return partial(locals)(), partial(eval, "inner + 1")(), partial(globals)() is globals(), partial(eval)("inner")


print(scope())


class Base:
    def speak(self):
        return "base"


class Derived(Base):
    def speak(self):
        return partial(super().speak)() + partial(eval, "type(self).__name__")()


print(Derived().speak())
print(partial(sys._getframe)().f_code.co_name)


def fail(*args):
    raise KeyError(*args)


def through(call):
    try:
        call()
    except KeyError as error:
        print([frame.name for frame in traceback.extract_tb(error.__traceback__)])


through(partial(fail, 1))
through(lambda: reduce(fail, [1, 2]))
through(lambda: lru_cache(fail)(3))
through(lambda: sorted([1, 2], key=cmp_to_key(fail)))
through(partialmethod(fail, 1).__get__(3))

print("--- making and calling")
P = Placeholder
attempt(lambda: partial())
attempt(lambda: partial(**{"func": take}))
attempt(lambda: partial(1))
attempt(lambda: partial(take, P))
attempt(lambda: partial(take, x=P))
attempt(lambda: partial(take, 1, P, 2)(7, 8))
attempt(lambda: partial(take, 1, P, 2)())
attempt(lambda: partial(partial(take, 1, P, 2, P, 5), 9).args)
attempt(lambda: partial(partial(take, 1, P, 2, P, 5), P, 9)(3))
attempt(lambda: partial(partial(take, 1, P), 9) and None)
attempt(lambda: partial(partial(take, 1, x=1), 2, y=3, x=4).keywords)
attempt(lambda: partial(take, *range(10))(*range(10, 20), a=1)[0])
attempt(lambda: partial(take, a=1)(b=2, a=3))
attempt(lambda: partial(take, func=1, self=2)(cls=3))
attempt(lambda: partial(int, base=2)("101"))
attempt(lambda: partial(partial))
attempt(lambda: partial[int])
attempt(lambda: (P, type(P), type(P)() is P, pickle.loads(pickle.dumps(P)) is P, copy.deepcopy(P) is P))
attempt(lambda: type(P)(1))
attempt(lambda: type("Q", (type(P),), {}))

print("--- attributes and state")
p = partial(take, 1, 2, x=3)
p.note = "mine"
attempt(lambda: p.__reduce__()[1][0] is take and p.__reduce__()[2][1:])
attempt(lambda: (p.__dict__, vars(partial(take)), weakref.ref(p)() is p))
attempt(lambda: setattr(p, "func", len))
attempt(lambda: delattr(p, "args"))
attempt(lambda: partial(p, 9).func is p)
attempt(lambda: pickle.loads(pickle.dumps(p)).note)
attempt(lambda: copy.copy(p).args)
for state in (3, (take,), (take, (), {}, None, 3), (take, (), (), None), (take, [], {}, None), (take, (1,), {}, 3),
              (1, (1,), {}, {}), (take, (1, P), {}, {})):
    attempt(lambda: p.__setstate__(state))
attempt(lambda: p.__setstate__((take, (1,), None, {})))
attempt(lambda: (p(4), p.__dict__))
p.__setstate__((p, (p,), {"a": p}, {}))
print(p)
p.__setstate__((take, (), {}, {}))


class Loud(partial):
    def __call__(self, /, *args, **kwargs):
        return "loud", super().__call__(*args, **kwargs)


attempt(lambda: (Loud(take, 1)(2), partial(Loud(take, 1), 3)(4), Loud(partial(take, 1), 3).args))

print("--- binding")


class Holder:
    first = partial(take, 1)
    second = partial(take, P, 2)
    plain = partialmethod(take, 1, P, 3, x=1)
    again = partialmethod(plain, 2)
    wrapped = partialmethod(partial(take, P, 5), 6)
    of_class = partialmethod(classmethod(lambda cls, *args: (cls.__name__, args)), 7)
    of_none = partialmethod(staticmethod(lambda *args: args), 7)

    def __repr__(self):
        return "Holder()"


holder = Holder()
attempt(lambda: (holder.first(3), holder.second(3), Holder.first(3)))
attempt(lambda: holder.plain())
attempt(lambda: (holder.plain(2, y=3), holder.again(9), holder.wrapped(9), holder.of_class(9), Holder.of_none(9)))
attempt(lambda: Holder.plain(holder))
attempt(lambda: Holder.plain(holder, 8))
attempt(lambda: partialmethod(3))
attempt(lambda: partialmethod(len, P))
attempt(lambda: partialmethod(len, 1, x=2))
attempt(lambda: partial(take).__get__(None))
attempt(lambda: partial(take).__get__(1)())

print("--- lru_cache")
calls = []


@lru_cache(maxsize=2)
def kept(*args, **kwargs):
    calls.append((args, kwargs))
    return args


for args, kwargs in [((1,), {}), ((1.0,), {}), ((True,), {}), ((1,), {"x": 2}), ((), {"x": 2})]:
    attempt(lambda: kept(*args, **kwargs))
attempt(lambda: kept([]))
print(calls, kept.cache_info(), kept.cache_parameters())
calls.clear()
print([kept(x) for x in (1, 2, 1, 3, 1, 2, 3, 1)], calls, kept.cache_info())
kept.cache_clear()
print(kept.cache_info(), kept.__name__, kept.__reduce__(), copy.deepcopy(kept) is kept)


@lru_cache(maxsize=3)
def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


print(fibonacci(60), fibonacci.cache_info())


@lru_cache(typed=True)
def typed(a, b=2):
    return type(a).__name__


print(typed(1), typed(1.0), typed(1, b=2), typed(1, b=2.0), typed(a=1, b=2), typed(b=2, a=1), typed.cache_info())
nothing = lru_cache(0)(take)
print(nothing([]), nothing(1), nothing.cache_info())
attempt(lambda: lru_cache("x"))
attempt(lambda: lru_cache(3)(3))
attempt(lambda: kept.__get__(None))


class Angry:
    def __hash__(self):
        return 1

    def __eq__(self, other):
        raise KeyError("eq")


attempt(lambda: kept(Angry()) and kept(Angry()))

print("--- reduce and cmp_to_key")
for args in [(), (1,), (1, 2), (1, []), (1, [1]), (1, [1, 2])]:
    attempt(lambda: reduce(*args))
attempt(lambda: reduce(lambda a, b: a + b, [1, 2, 3], initial=4))
K = cmp_to_key(lambda a, b: b - a)
print(sorted([3, 1, 2], key=K), K(1) < K(2), K(2) == K(2), K(5).obj, type(K).__name__)
for args, kwargs in [((1, 2), {}), ((), {"x": 1}), ((), {"obj": 1, "x": 2}), ((), {})]:
    attempt(lambda: K(*args, **kwargs))
attempt(lambda: K(1) < 2)
attempt(lambda: K < K)
attempt(lambda: hash(K(1)))
attempt(lambda: cmp_to_key())
