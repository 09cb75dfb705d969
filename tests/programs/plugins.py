# Plugins that register themselves: class hooks, descriptors, decorators, signatures, and stacks of contexts.
import contextlib
import functools
import inspect
import operator
import types
from abc import ABC, abstractmethod
from collections import ChainMap, defaultdict
from collections.abc import Mapping
from typing import Annotated, Any, Protocol, get_args, get_origin, get_type_hints, runtime_checkable


class Registry(type):
    """Notes every concrete class by its key."""
    known: dict[str, type] = {}

    @classmethod
    def __prepare__(mcs, name, bases, **options):
        return {"order": len(mcs.known)}

    def __new__(mcs, name, bases, namespace, key=None, **options):
        cls = super().__new__(mcs, name, bases, namespace, **options)
        if key is not None:
            if key in mcs.known:
                raise TypeError(f"{key!r} is taken by {mcs.known[key].__name__}")
            mcs.known[key] = cls
        return cls

    def __init__(cls, name, bases, namespace, key=None, **options):
        super().__init__(name, bases, namespace)
        cls.key = key

    def __call__(cls, *args, **kwargs):
        made = super().__call__(*args, **kwargs)
        made.serial = cls.made = getattr(cls, "made", 0) + 1
        return made

    def __contains__(cls, item):
        return isinstance(item, cls)

    def __len__(cls):
        return len(cls.known)


class Typed:
    """An attribute with a type, a default and perhaps bounds."""

    def __init__(self, kind, default=None, *, low=None, high=None):
        self.kind, self.default, self.low, self.high = kind, default, low, high

    def __set_name__(self, owner, name):
        self.name = name
        owner.fields = (*getattr(owner, "fields", ()), name)

    def __get__(self, instance, owner=None):
        return self if instance is None else vars(instance).get(self.name, self.default)

    def __set__(self, instance, value):
        if not isinstance(value, self.kind):
            raise TypeError(f"{type(instance).__name__}.{self.name} must be {self.kind.__name__}, "
                            f"not {type(value).__name__}")
        if self.low is not None and value < self.low or self.high is not None and value > self.high:
            raise ValueError(f"{self.name} = {value} is not within [{self.low}, {self.high}]")
        vars(instance)[self.name] = value

    def __delete__(self, instance):
        vars(instance).pop(self.name, None)


class Plugin(metaclass=Registry):
    level = Typed(int, 1, low=0, high=10)

    def __init__(self, **options):
        for name, value in options.items():
            setattr(self, name, value)

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        cls.hooks = [name for name, value in vars(cls).items() if getattr(value, "_is_hook", False)]

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self.fields)})"


def hook(function=None, /, *, priority=0):
    if function is None:
        return functools.partial(hook, priority=priority)
    function._is_hook, function._priority = True, priority
    return function


def traced(function):
    signature = inspect.signature(function)

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        shown = ", ".join(f"{name}={value!r}" for name, value in bound.arguments.items() if name != "self")
        try:
            result = function(*args, **kwargs)
        except Exception as error:
            print(f"  {function.__qualname__}({shown}) raised {error!r}")
            raise
        print(f"  {function.__qualname__}({shown}) -> {result!r}")
        return result
    return wrapper


class Greeter(Plugin, key="greet"):
    word = Typed(str, "hello")

    @hook
    @traced
    def start(self, who, /, times: int = 1, *rest, loud=False, **more) -> str:
        text = " ".join([self.word] * times + [who, *rest, *sorted(more)])
        return text.upper() if loud else text

    @hook(priority=5)
    def stop(self):
        return f"bye from level {self.level}"


class Counter(Plugin, key="count"):
    @hook(priority=-1)
    @traced
    def start(self, who, /, **_):
        return len(who)


print(Registry.known, len(Plugin), [cls.order for cls in Registry.known.values()])
print(Greeter.hooks, Counter.hooks, Greeter.fields, Counter.fields, Plugin.level.kind)
greeter = Greeter(word="hi", level=3)
print(greeter, greeter.serial, Greeter().serial, greeter in Plugin, 3 in Plugin)
greeter.start("you")
greeter.start("you", 2, "and", "you", loud=True, zeta=1, alpha=2)
for attempt in (lambda: greeter.start(), lambda: greeter.start("x", times="2"), lambda: setattr(greeter, "level", "high"),
                lambda: setattr(greeter, "level", 11), lambda: type("Again", (Plugin,), {}, key="greet"),
                lambda: greeter.start(who="x")):
    try:
        attempt()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
del greeter.level
print(greeter, greeter.stop())
everything = [(getattr(plugin, name)._priority, plugin.key, name) for plugin in (greeter, Counter()) for name in plugin.hooks]
print(sorted(everything, key=operator.itemgetter(0, 1)))
print(inspect.signature(Greeter.start), Greeter.start.__wrapped__.__qualname__, inspect.signature(traced))

print("--- contexts")


@contextlib.contextmanager
def active(plugin, log):
    log.append(f"enter {plugin.key}")
    try:
        yield plugin
    except LookupError as error:
        log.append(f"{plugin.key} swallows {error!r}")
    finally:
        log.append(f"leave {plugin.key}")


def session(fail):
    log = []
    with contextlib.ExitStack() as stack:
        plugins = [stack.enter_context(active(cls(), log)) for cls in Registry.known.values()]
        stack.callback(log.append, "callback")
        stack.push(lambda kind, error, _: log.append(f"saw {kind.__name__ if kind else None}"))
        if fail:
            raise fail
        log.append(f"{len(plugins)} run")
    return log


print(session(None))
print(session(KeyError("lost")))
try:
    session(ZeroDivisionError("worse"))
except ZeroDivisionError as error:
    print("out:", error)
with contextlib.suppress(KeyError), contextlib.redirect_stdout(None):
    print("unseen")
    {}["x"]

print("--- protocols and abstract classes")


@runtime_checkable
class Runs(Protocol):
    def start(self, who, /): ...


class Store(ABC, Mapping):
    def __init__(self, **layers):
        self._chain = ChainMap(layers, {"color": "red", "size": 1})

    def __getitem__(self, key):
        return self._chain[key]

    def __iter__(self):
        return iter(sorted(self._chain))

    def __len__(self):
        return len(self._chain)

    @property
    @abstractmethod
    def name(self): ...


class Named(Store):
    name = "named"
    limit: Annotated[int, "upper"] = 3
    table: dict[str, list[Any]]


print(isinstance(greeter, Runs), isinstance(3, Runs))
try:
    Store()
except TypeError as error:
    print(error)
store = Named(size=7, depth=2)
print(dict(store), "color" in store, store.get("none", 0), list(store.items()), store == {"color": "red", "size": 7, "depth": 2})
hints = get_type_hints(Named, include_extras=True)
print(hints, get_origin(hints["table"]), get_args(hints["limit"]))
groups = defaultdict(list)
for key, value in store.items():
    groups[type(value).__name__].append(key)
print(dict(groups), types.MappingProxyType(groups)["int"], Named.__abstractmethods__, [c.__name__ for c in Named.__mro__[:4]])
