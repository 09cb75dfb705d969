"""Ways through graphs: breadth first, shortest, spanning, and a maze solved on the way."""

import heapq
from collections import deque
from functools import cache
from itertools import combinations, product
from math import inf, isinf


class Graph:
    def __init__(self, edges=(), directed=False):
        self.neighbours = {}
        self.directed = directed
        for edge in edges:
            self.connect(*edge)

    def connect(self, a, b, weight=1):
        self.neighbours.setdefault(a, {})[b] = weight
        self.neighbours.setdefault(b, {})
        if not self.directed:
            self.neighbours[b][a] = weight

    def __getitem__(self, node):
        return self.neighbours[node]

    def __iter__(self):
        return iter(self.neighbours)

    def __len__(self):
        return len(self.neighbours)

    def breadth_first(self, start):
        seen, waiting = {start: 0}, deque([start])
        while waiting:
            yield (node := waiting.popleft()), seen[node]
            for other in sorted(self[node]):
                if other not in seen:
                    seen[other] = seen[node] + 1
                    waiting.append(other)

    def depth_first(self, node, seen=None):
        seen = set() if seen is None else seen
        seen.add(node)
        yield node
        for other in sorted(self[node]):
            if other not in seen:
                yield from self.depth_first(other, seen)

    def shortest(self, start, end):
        best, before, heap = {start: 0}, {}, [(0, start)]
        while heap:
            distance, node = heapq.heappop(heap)
            if node == end:
                path = [end]
                while path[-1] != start:
                    path.append(before[path[-1]])
                return distance, path[::-1]
            if distance > best[node]:
                continue
            for other, weight in self[node].items():
                if (new := distance + weight) < best.get(other, inf):
                    best[other], before[other] = new, node
                    heapq.heappush(heap, (new, other))
        raise LookupError(f"no way from {start!r} to {end!r}")

    def all_pairs(self):
        distance = {(a, b): 0 if a == b else self[a].get(b, inf) for a, b in product(self, repeat=2)}
        for k, i, j in product(self, repeat=3):
            distance[i, j] = min(distance[i, j], distance[i, k] + distance[k, j])
        return distance

    def spanning_tree(self):
        parent = {node: node for node in self}

        def find(node):
            while parent[node] != node:
                parent[node] = node = parent[parent[node]]
            return node

        edges = sorted((w, a, b) for a in self for b, w in self[a].items() if a < b)
        for weight, a, b in edges:
            if (x := find(a)) != (y := find(b)):
                parent[x] = y
                yield a, b, weight

    def cliques(self, size):
        return [c for c in combinations(sorted(self), size) if all(b in self[a] for a, b in combinations(c, 2))]


MAZE = """\
#########
#S  #   #
# # # # #
# #   # #
# ##### #
#      E#
#########"""


def maze_graph(text):
    cells = {(y, x): c for y, line in enumerate(text.splitlines()) for x, c in enumerate(line) if c != "#"}
    graph = Graph((cell, step) for cell in cells for dy, dx in ((0, 1), (1, 0)) if (step := (cell[0] + dy, cell[1] + dx)) in cells)
    ends = {c: cell for cell, c in cells.items() if c.strip()}
    return graph, ends["S"], ends["E"]


roads = Graph([("a", "b", 7), ("a", "c", 9), ("a", "f", 14), ("b", "c", 10), ("b", "d", 15), ("c", "d", 11), ("c", "f", 2), ("d", "e", 6), ("e", "f", 9)])
roads.connect("x", "y", 1.5)
print(roads.shortest("a", "e"), len(roads))
try:
    roads.shortest("a", "x")
except LookupError as error:
    print(error)
print(list(roads.breadth_first("a")), "".join(roads.depth_first("a")))
pairs = roads.all_pairs()
print(pairs["a", "d"], sum(isinf(d) for d in pairs.values()), max((d, *p) for p, d in pairs.items() if not isinf(d)))
print(list(roads.spanning_tree()), sum(w for *_, w in roads.spanning_tree()), roads.cliques(3))

graph, start, end = maze_graph(MAZE)
length, path = graph.shortest(start, end)
lines = [list(line) for line in MAZE.splitlines()]
for y, x in path[1:-1]:
    lines[y][x] = "·"
print(length, "\n".join(map("".join, lines)), sep="\n")


@cache
def paths(rows, columns):
    return 1 if not rows or not columns else paths(rows - 1, columns) + paths(rows, columns - 1)


def queens(size, columns=()):
    if len(columns) == size:
        yield columns
    for column in range(size):
        if all(column != other and abs(column - other) != len(columns) - row for row, other in enumerate(columns)):
            yield from queens(size, (*columns, column))


def life(cells, rounds):
    for _ in range(rounds):
        around = {}
        for y, x in cells:
            for dy, dx in product((-1, 0, 1), repeat=2):
                around[y + dy, x + dx] = around.get((y + dy, x + dx), 0) + ((dy, dx) != (0, 0))
        cells = {cell for cell, count in around.items() if count == 3 or count == 2 and cell in cells}
    return cells


print(paths(10, 10), paths.cache_info().currsize, sum(1 for _ in queens(6)), next(queens(8)))
glider = {(0, 1), (1, 2), (2, 0), (2, 1), (2, 2)}
print(sorted(life(glider, 4)), len(life(glider, 40)), life(glider, 4) == {(y + 1, x + 1) for y, x in glider})
