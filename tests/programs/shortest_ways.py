"""Graph algorithms on a map: Dijkstra, A*, Floyd and Warshall, Kruskal, topological order, strong components, max flow."""

import heapq
import math
from collections import defaultdict, deque
from functools import lru_cache, reduce
from itertools import combinations, product
from operator import itemgetter

GRID = """\
S..#....
.#.#.##.
.#...#..
.####.#.
......#E"""

ROADS = [("A", "B", 7), ("A", "D", 5), ("B", "C", 8), ("B", "D", 9), ("B", "E", 7), ("C", "E", 5), ("D", "E", 15),
         ("D", "F", 6), ("E", "F", 8), ("E", "G", 9), ("F", "G", 11)]


class Graph:
    def __init__(self, edges=(), directed=False):
        self.out = defaultdict(dict)
        self.directed = directed
        for a, b, weight in edges:
            self.add(a, b, weight)

    def add(self, a, b, weight=1):
        self.out[a][b] = weight
        self.out[b] if self.directed else self.out[b].__setitem__(a, weight)

    @property
    def nodes(self):
        return sorted(self.out)

    @property
    def edges(self):
        for a, targets in self.out.items():
            for b, weight in targets.items():
                if self.directed or a < b:
                    yield a, b, weight

    def __contains__(self, edge):
        a, b = edge
        return b in self.out.get(a, ())

    def dijkstra(self, start):
        distance, before = {start: 0}, {}
        queue = [(0, start)]
        while queue:
            far, node = heapq.heappop(queue)
            if far > distance[node]:
                continue
            for other, weight in self.out[node].items():
                if (new := far + weight) < distance.get(other, math.inf):
                    distance[other], before[other] = new, node
                    heapq.heappush(queue, (new, other))
        return distance, before

    def way(self, start, end):
        _, before = self.dijkstra(start)
        way = [end]
        while way[-1] != start:
            way.append(before[way[-1]])
        return way[::-1]

    def kruskal(self):
        parent = {node: node for node in self.out}

        def root(node):
            while parent[node] != node:
                parent[node] = node = parent[parent[node]]
            return node

        for a, b, weight in sorted(self.edges, key=itemgetter(2, 0, 1)):
            if (x := root(a)) != (y := root(b)):
                parent[x] = y
                yield a, b, weight

    def floyd(self):
        nodes = self.nodes
        d = {(a, b): 0 if a == b else self.out[a].get(b, math.inf) for a, b in product(nodes, repeat=2)}
        for k, i, j in product(nodes, repeat=3):
            d[i, j] = min(d[i, j], d[i, k] + d[k, j])
        return d

    def topological(self):
        incoming = defaultdict(int)
        for _, b, _ in self.edges:
            incoming[b] += 1
        ready = deque(n for n in self.nodes if not incoming[n])
        order = []
        while ready:
            order.append(node := ready.popleft())
            for other in self.out[node]:
                incoming[other] -= 1
                if not incoming[other]:
                    ready.append(other)
        if len(order) != len(self.out):
            raise ValueError(f"a cycle among {sorted(self.out.keys() - set(order))}")
        return order

    def components(self):
        index, low, stack, found = {}, {}, [], []

        def visit(node):
            index[node] = low[node] = len(index)
            stack.append(node)
            for other in self.out[node]:
                if other not in index:
                    visit(other)
                    low[node] = min(low[node], low[other])
                elif other in stack:
                    low[node] = min(low[node], index[other])
            if low[node] == index[node]:
                component = set()
                while True:
                    component.add(other := stack.pop())
                    if other == node:
                        break
                found.append(component)

        for node in self.nodes:
            if node not in index:
                visit(node)
        return sorted(map(sorted, found))

    def max_flow(self, source, sink):
        rest = defaultdict(lambda: defaultdict(int))
        for a, b, capacity in self.edges:
            rest[a][b] += capacity
        total = 0
        while True:
            before, queue = {source: None}, deque([source])
            while queue and sink not in before:
                node = queue.popleft()
                for other, left in rest[node].items():
                    if left and other not in before:
                        before[other] = node
                        queue.append(other)
            if sink not in before:
                return total, sorted(before)
            way, node = [], sink
            while (previous := before[node]) is not None:
                way.append((previous, node))
                node = previous
            amount = min(rest[a][b] for a, b in way)
            for a, b in way:
                rest[a][b] -= amount
                rest[b][a] += amount
            total += amount


def a_star(grid):
    rows = grid.splitlines()
    cells = {(r, c): cell for r, row in enumerate(rows) for c, cell in enumerate(row)}
    find = {cell: place for place, cell in cells.items()}
    start, end = find["S"], find["E"]
    estimate = lambda p: abs(p[0] - end[0]) + abs(p[1] - end[1])
    queue, best, tried = [(estimate(start), 0, start, None)], {}, 0
    while queue:
        _, cost, place, before = heapq.heappop(queue)
        if place in best:
            continue
        best[place] = before
        tried += 1
        if place == end:
            break
        for dr, dc in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            other = place[0] + dr, place[1] + dc
            if cells.get(other, "#") != "#" and other not in best:
                heapq.heappush(queue, (cost + 1 + estimate(other), cost + 1, other, place))
    else:
        return None
    way = set()
    while place:
        way.add(place)
        place = best[place]
    drawn = ["".join("*" if (r, c) in way and cell == "." else cell for c, cell in enumerate(row)) for r, row in enumerate(rows)]
    return cost, tried, "\n".join(drawn)


@lru_cache(maxsize=None)
def tour(here, left):
    """The shortest way from here through all that are left and back to A."""
    if not left:
        return table[here, "A"], ("A",)
    return min((table[here, n] + (rest := tour(n, left - {n}))[0], (n, *rest[1])) for n in left)


graph = Graph(ROADS)
distance, before = graph.dijkstra("A")
print(dict(sorted(distance.items())), before)
print(" -> ".join(graph.way("A", "G")), ("A", "B") in graph, ("A", "G") in graph)
tree = list(graph.kruskal())
print(tree, sum(map(itemgetter(2), tree)))
table = graph.floyd()
print([table["A", n] for n in graph.nodes], max(table.values()), table["G", "C"])
print(tour("A", frozenset("BCDEFG")), tour.cache_info())
print(*a_star(GRID), sep="\n")
print(a_star("S#E"))

tasks = Graph([("shirt", "tie", 1), ("tie", "jacket", 1), ("trousers", "shoes", 1), ("trousers", "belt", 1), ("belt", "jacket", 1), ("socks", "shoes", 1)], directed=True)
print(tasks.topological())
tasks.add("jacket", "shirt")
try:
    tasks.topological()
except ValueError as error:
    print("ValueError:", error)
print(tasks.components())
pipes = Graph([("s", "a", 16), ("s", "c", 13), ("a", "b", 12), ("b", "c", 9), ("c", "a", 4), ("c", "d", 14), ("d", "b", 7), ("b", "t", 20), ("d", "t", 4)], directed=True)
print(pipes.max_flow("s", "t"))
triangles = [t for t in combinations(graph.nodes, 3) if all(p in graph for p in combinations(t, 2))]
print(triangles, reduce(lambda best, t: max(best, sum(table[p] for p in combinations(t, 2))), triangles, 0))
