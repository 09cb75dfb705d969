# gilbox: -A
# A store of documents with indexes, transactions, observers, snapshots on disk, and a log of what happened.
import copy
import io
import json
import logging
import os
import pickle
import sys
import tempfile
import types
import weakref
from collections import OrderedDict, UserDict, UserList
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import closing, contextmanager, nullcontext
from functools import partial, partialmethod, reduce, wraps
from itertools import count, islice
from operator import attrgetter, itemgetter, methodcaller
from pathlib import Path
from typing import Generic, TypeVar, overload

T = TypeVar("T")
log = logging.getLogger("store")
lines = io.StringIO()
handler = logging.StreamHandler(lines)
handler.setFormatter(logging.Formatter("{levelname:<7} {name} {funcName}: {message}", style="{"))
log.addHandler(handler)
log.setLevel("DEBUG")
log.propagate = False


class StoreError(Exception):
    """Base of what goes wrong here."""


class NotFound(StoreError, KeyError):
    def __init__(self, key, near=()):
        super().__init__(key)
        self.near = near
        if near:
            self.add_note(f"perhaps {' or '.join(map(repr, near))}")

    def __str__(self):
        return f"no document {self.args[0]!r}"

    def __reduce__(self):
        return type(self), (self.args[0], self.near)


class Document(UserDict):
    """A dict with attributes, and versions."""

    def __init__(self, /, *args, **kwargs):
        self.version = 0
        super().__init__(*args, **kwargs)

    def __setitem__(self, key, value):
        if not isinstance(key, str) or not key.isidentifier():
            raise StoreError(f"bad name {key!r}")
        self.version += 1
        super().__setitem__(key, value)

    def __getattr__(self, name):
        try:
            return self.__dict__["data"][name]
        except KeyError:
            raise AttributeError(f"document has no {name!r}", name=name, obj=self) from None

    def __missing__(self, key):
        return None


class Index(Generic[T]):
    def __init__(self, key: Callable[[Document], T]) -> None:
        self.key, self.places = key, OrderedDict[T, set[str]]()

    def add(self, name: str, document: Document) -> None:
        self.places.setdefault(self.key(document), set()).add(name)

    def remove(self, name: str, document: Document) -> None:
        value = self.key(document)
        self.places[value].discard(name)
        if not self.places[value]:
            del self.places[value]

    def __getitem__(self, value: T) -> list[str]:
        return sorted(self.places.get(value, ()))


class Store(MutableMapping):
    def __init__(self) -> None:
        self._documents: dict[str, Document] = {}
        self._indexes: dict[str, Index] = {}
        self._observers = weakref.WeakSet()
        self._undo: list[Callable[[], None]] | None = None
        self._numbers = count(1)

    def __getitem__(self, name: str) -> Document:
        try:
            return self._documents[name]
        except KeyError:
            near = [known for known in self._documents if known[:1] == name[:1]]
            raise NotFound(name, near) from None

    def __setitem__(self, name: str, document) -> None:
        old, new = self._documents.get(name), Document(document)
        self._change(name, old, new)

    def __delitem__(self, name: str) -> None:
        self._change(name, self[name], None)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._documents))

    def __len__(self) -> int:
        return len(self._documents)

    def _change(self, name, old, new, notify=True):
        for index in self._indexes.values():
            if old is not None:
                index.remove(name, old)
            if new is not None:
                index.add(name, new)
        if new is None:
            self._documents.pop(name)
        else:
            self._documents[name] = new
        if self._undo is not None:
            self._undo.append(partial(self._change, name, new, old, notify=False))
        log.debug("%s %s", name, "added" if old is None else "removed" if new is None else "changed")
        if notify:
            for observer in sorted(self._observers, key=attrgetter("name")):
                observer(name, old, new)

    _restore = partialmethod(_change, notify=False)

    def index(self, name, key):
        self._indexes[name] = index = Index(key)
        for known, document in self.items():
            index.add(known, document)

    def find(self, **wanted):
        found = [set(self._indexes[name][value]) for name, value in wanted.items()]
        return sorted(reduce(set.__and__, found)) if found else list(self)

    def add(self, /, **content) -> str:
        name = f"doc-{next(self._numbers)}"
        self[name] = content
        return name

    @contextmanager
    def transaction(self):
        if self._undo is not None:
            raise StoreError("a transaction is running")
        self._undo = []
        try:
            yield self
        except BaseException as error:
            steps, self._undo = self._undo, None
            for step in reversed(steps):
                step()
            log.warning("rolled back %d steps: %r", len(steps), error)
            raise
        else:
            log.info("committed %d", len(self._undo))
        finally:
            self._undo = None

    def __getstate__(self):
        return {"documents": self._documents, "next": next(self._numbers)}

    def __setstate__(self, state):
        self.__init__()
        self._documents = state["documents"]
        self._numbers = count(state["next"])


class Watcher:
    def __init__(self, name):
        self.name, self.seen = name, UserList()

    def __call__(self, name, old, new):
        self.seen.append((name, old is not None, new is not None))


store, watcher = Store(), Watcher("w")
store._observers.add(watcher)
store.index("kind", itemgetter("kind"))
store.index("initial", lambda document: document["title"][:1].upper())
for kind, title in [("book", "Emma"), ("film", "Alien"), ("book", "Dune"), ("film", "Dune"), ("song", "Ave")]:
    store.add(kind=kind, title=title)
print(len(store), list(store), store.find(kind="film"), store.find(kind="film", initial="D"), store.find(kind="none"))
print(store["doc-1"], store["doc-1"].title, store["doc-1"]["nothing"], store["doc-1"].version)
print(sorted(map(itemgetter("title"), store.values())), [*map(methodcaller("get", "kind"), islice(store.values(), 2))])
for attempt in (lambda: store["dok"], lambda: store["doc-1"].author, lambda: store.add(**{"not a name": 1}),
                lambda: store.pop("x"), lambda: store.add(title="no kind") and None):
    try:
        print(attempt())
    except (StoreError, AttributeError) as error:
        print(type(error).__name__, error, getattr(error, "__notes__", []), type(error.__cause__).__name__)
print(len(store), store.find(kind=None))

try:
    with store.transaction():
        store["doc-1"] = {"kind": "play", "title": "Emma"}
        del store["doc-2"]
        store.add(kind="book", title="Zen")
        with store.transaction():
            pass
except StoreError as error:
    print("rolled back:", error)
print(store.find(kind="play"), store.find(kind="film"), store["doc-1"].kind, "doc-2" in store)
with store.transaction() as same:
    same.setdefault("doc-9", {"kind": "map", "title": "World"})
    same.update({"doc-8": {"kind": "map", "title": "Moon"}})
print(same is store, store.find(kind="map"), watcher.seen[-2:], len(watcher.seen))

again = pickle.loads(pickle.dumps(store))
print(again == store, list(again)[:3], again.add(kind="x", title="y"), type(again["doc-1"]).__name__, again._indexes)
error = pickle.loads(pickle.dumps(NotFound("k", ("a", "b"))))
print(repr(error), error, error.near, error.__notes__)
deep, shallow = copy.deepcopy(store["doc-1"]), copy.copy(store["doc-1"])
deep["tags"] = ["new"]
print("tags" in store["doc-1"], shallow == store["doc-1"], shallow is store["doc-1"], deep.version)

with tempfile.TemporaryDirectory() as folder:
    target = Path(folder) / "snapshots" / "store.json"
    target.parent.mkdir(parents=True)
    target.write_text(json.dumps({name: dict(document) for name, document in store.items()}, indent=1), encoding="utf-8")
    loaded = json.loads(target.read_bytes(), object_hook=lambda pairs: types.SimpleNamespace(**pairs) if "kind" in pairs else pairs)
    print(loaded["doc-1"], sorted(os.listdir(target.parent))[0], [p.relative_to(folder).as_posix() for p in sorted(Path(folder).rglob("*"))][:1])
    with closing(open(target)) as file, nullcontext(file) as inner:
        print(file.readline().rstrip(), inner is file, file.closed)
    print(file.closed)
    os.remove(target)
    try:
        target.read_text()
    except FileNotFoundError as error:
        print(error.errno, os.path.basename(error.filename))
print(lines.getvalue().rstrip().replace("doc-", "#"))
