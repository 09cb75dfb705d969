"""Containers of our own: a sorted tree, a linked list, a bag and a sparse vector, through the abstract classes."""

import operator
from collections.abc import Collection, Hashable, MutableMapping, MutableSequence, MutableSet, Reversible, Sized
from copy import copy, deepcopy


class Node:
    __slots__ = ("key", "value", "left", "right")

    def __init__(self, key, value):
        self.key, self.value, self.left, self.right = key, value, None, None


class Tree(MutableMapping):
    """A mapping in the order of its keys."""

    def __init__(self, items=(), /, **names):
        self._root, self._size = None, 0
        self.update(items, **names)

    def _find(self, key):
        parent, node = None, self._root
        while node is not None and node.key != key:
            parent, node = node, node.left if key < node.key else node.right
        return parent, node

    def __getitem__(self, key):
        if isinstance(key, slice):
            return Tree((k, v) for k, v in self.items() if (key.start is None or k >= key.start) and (key.stop is None or k < key.stop))
        _, node = self._find(key)
        if node is None:
            raise KeyError(key)
        return node.value

    def __setitem__(self, key, value):
        parent, node = self._find(key)
        if node is not None:
            node.value = value
            return
        self._size += 1
        new = Node(key, value)
        if parent is None:
            self._root = new
        elif key < parent.key:
            parent.left = new
        else:
            parent.right = new

    def __delitem__(self, key):
        parent, node = self._find(key)
        if node is None:
            raise KeyError(key)
        self._size -= 1
        if node.left and node.right:
            parent, next_ = node, node.right
            while next_.left:
                parent, next_ = next_, next_.left
            node.key, node.value, node = next_.key, next_.value, next_
        child = node.left or node.right
        if parent is None:
            self._root = child
        elif parent.left is node:
            parent.left = child
        else:
            parent.right = child

    def __len__(self):
        return self._size

    def __iter__(self):
        def walk(node):
            if node:
                yield from walk(node.left)
                yield node.key
                yield from walk(node.right)

        return walk(self._root)

    def __repr__(self):
        return f"Tree({dict(self)})"


class Chain(MutableSequence):
    """A singly linked list."""

    def __init__(self, items=()):
        self._first = None
        self.extend(items)

    def _cells(self):
        cell = self._first
        while cell:
            yield cell
            cell = cell[1]

    def _cell(self, index):
        index = operator.index(index)
        index += len(self) * (index < 0)
        for at, cell in enumerate(self._cells()):
            if at == index:
                return cell
        raise IndexError("chain index out of range")

    def __len__(self):
        return sum(1 for _ in self._cells())

    def __getitem__(self, index):
        return [self[i] for i in range(*index.indices(len(self)))] if isinstance(index, slice) else self._cell(index)[0]

    def __setitem__(self, index, value):
        self._cell(index)[0] = value

    def __delitem__(self, index):
        cell = self._cell(index)
        if cell is self._first:
            self._first = cell[1]
        else:
            next(c for c in self._cells() if c[1] is cell)[1] = cell[1]

    def insert(self, index, value):
        index = max(0, index + len(self)) if index < 0 else min(index, len(self))
        if index == 0:
            self._first = [value, self._first]
        else:
            before = self._cell(index - 1)
            before[1] = [value, before[1]]

    def __repr__(self):
        return f"Chain({list(self)})"


class Bag(MutableSet):
    def __init__(self, items=()):
        self.counts = {}
        for item in items:
            self.add(item)

    def add(self, item):
        self.counts[item] = self.counts.get(item, 0) + 1

    def discard(self, item):
        if self.counts.get(item, 0) > 1:
            self.counts[item] -= 1
        else:
            self.counts.pop(item, None)

    def __contains__(self, item):
        return item in self.counts

    def __iter__(self):
        return iter(self.counts)

    def __len__(self):
        return len(self.counts)

    def __repr__(self):
        return f"Bag({self.counts})"


class Vector:
    def __init__(self, size, **entries):
        self.size, self.entries = size, {int(k[1:]): v for k, v in entries.items()}

    def __len__(self):
        return self.size

    def __getitem__(self, index):
        if not -self.size <= index < self.size:
            raise IndexError(index)
        return self.entries.get(index % self.size, 0)

    def __matmul__(self, other):
        return sum(a * b for a, b in zip(self, other))

    def __complex__(self):
        return complex(self[0], self[1])

    def __bool__(self):
        return any(self.entries.values())

    def __length_hint__(self):
        return self.size


tree = Tree({"m": 1, "c": 2, "x": 3}, a=4, n=5)
print(tree, len(tree), list(tree), tree["a":"n"], tree.get("q"), "c" in tree, tree.setdefault("z", 9), list(reversed(list(tree.items()))))
print(tree.pop("m"), tree.popitem(), tree.pop("m", None), tree, tree == {"n": 5, "x": 3, "z": 9, "c": 2}, list(tree.values()), tree.keys() & {"x", "q"})
for key in list(tree):
    del tree[key]
print(tree, bool(tree), isinstance(tree, Collection), isinstance(tree, Reversible), isinstance(tree, Hashable))
chain = Chain("abc")
chain.insert(1, "x")
chain.append("y")
chain += ["z", "z"]
print(chain, chain[1:4], chain.index("c"), chain.count("z"), chain.pop(), chain.pop(0), "b" in chain, list(reversed(chain)), len(chain))
chain.reverse()
chain.remove("x")
chain[0], chain[-1] = chain[-1], "end"
other, deep = copy(chain), deepcopy(chain)
chain[0] = "changed"
print(chain, other, deep, chain == other, sorted(deep))
bag = Bag("hello")
bag.discard("l")
print(bag, bag & Bag("lo"), bag | {"q"}, bag - set("he"), bag ^ Bag("ox"), bag <= set("helo"), bag.isdisjoint("xyz"), bag == set("helo"))
bag -= {"h"}
bag |= Bag("aa")
print(bag, bag.pop(), len(bag), isinstance(bag, Sized))
vector = Vector(4, _0=1, _2=5)
print(vector @ Vector(4, _0=2, _2=3), list(vector), 5 in vector, complex(vector), bool(Vector(3)), vector[-2], [*map(int, reversed(vector))], max(vector))
for attempt in [lambda: tree["gone"], lambda: chain[99], lambda: chain.remove("?"), lambda: hash(bag), lambda: vector[4], lambda: tree < {}, lambda: Chain() + [1],
                lambda: MutableSet(), lambda: chain["x"], lambda: bag.remove("?"), lambda: tree.popitem(), lambda: Tree([1]), lambda: float(vector)]:
    try:
        print(attempt())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")
