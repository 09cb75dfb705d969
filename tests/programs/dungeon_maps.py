# Maps made by chance: rooms joined by corridors, shortest ways, fields of view, and a simulation of life on them.
import heapq
import itertools
import random
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from enum import Enum, Flag, IntEnum, StrEnum, auto
from functools import cache, cached_property, total_ordering
from operator import attrgetter
from typing import ClassVar, Iterator, NamedTuple, Self


class Point(NamedTuple):
    x: int
    y: int

    def __add__(self, other) -> Self:
        return Point(self.x + other[0], self.y + other[1])

    def distance(self, other) -> int:
        return abs(self.x - other.x) + abs(self.y - other.y)


class Direction(Enum):
    NORTH = Point(0, -1)
    EAST = Point(1, 0)
    SOUTH = Point(0, 1)
    WEST = Point(-1, 0)

    @property
    def opposite(self):
        return Direction(Point(-self.value.x, -self.value.y))

    @classmethod
    def between(cls, a, b):
        return cls(Point(b.x - a.x, b.y - a.y))


class Tile(StrEnum):
    WALL = "#"
    FLOOR = "."
    DOOR = "+"
    WATER = "~"


class Cost(IntEnum):
    EASY = 1
    DOOR = 2
    WET = 5


class Trait(Flag):
    SWIMS = auto()
    FLIES = auto()
    OPENS = auto()
    ANY = SWIMS | FLIES | OPENS


@dataclass(frozen=True, slots=True)
class Room:
    left: int
    top: int
    width: int
    height: int

    def __post_init__(self):
        if self.width < 1 or self.height < 1:
            raise ValueError(f"no room: {self.width}x{self.height}")

    @property
    def center(self):
        return Point(self.left + self.width // 2, self.top + self.height // 2)

    def __iter__(self) -> Iterator[Point]:
        rows = range(self.top, self.top + self.height)
        return (Point(x, y) for y in rows for x in range(self.left, self.left + self.width))

    def __contains__(self, point):
        return self.left <= point[0] < self.left + self.width and self.top <= point[1] < self.top + self.height

    def __and__(self, other):
        return (self.left <= other.left + other.width and other.left <= self.left + self.width
                and self.top <= other.top + other.height and other.top <= self.top + self.height)


class Map:
    made: ClassVar[int] = 0

    def __init__(self, width, height, seed):
        self.width, self.height, self.chance = width, height, random.Random(seed)
        self.tiles = defaultdict(lambda: Tile.WALL)
        self.rooms = []
        type(self).made += 1
        self.dig()

    def dig(self):
        for _ in range(40):
            size = self.chance.randint(3, 8), self.chance.randint(2, 4)
            room = Room(self.chance.randrange(1, self.width - size[0] - 1),
                        self.chance.randrange(1, self.height - size[1] - 1), *size)
            if any(room & other for other in self.rooms):
                continue
            self.rooms.append(room)
            self.tiles.update(dict.fromkeys(room, Tile.FLOOR))
        self.rooms.sort(key=attrgetter("left", "top"))
        for a, b in itertools.pairwise(self.rooms):
            self.corridor(a.center, b.center)
        for point in self.chance.sample(sorted(self.rooms[0]), 3):
            self.tiles[point] = Tile.WATER

    def corridor(self, start, end):
        turns = [Point(end.x, start.y), Point(start.x, end.y)]
        turn = self.chance.choice(turns)
        for a, b in ((start, turn), (turn, end)):
            for x in range(min(a.x, b.x), max(a.x, b.x) + 1):
                for y in range(min(a.y, b.y), max(a.y, b.y) + 1):
                    if self.tiles.get(Point(x, y), Tile.WALL) is Tile.WALL:
                        self.tiles[x, y] = Tile.FLOOR

    def __str__(self):
        return "\n".join("".join(self.tiles.get((x, y), Tile.WALL) for x in range(self.width)) for y in range(self.height))

    def neighbours(self, point, traits):
        for direction in Direction:
            near = point + direction.value
            match self.tiles.get(near, Tile.WALL):
                case Tile.FLOOR:
                    yield near, Cost.EASY
                case Tile.WATER if traits & (Trait.SWIMS | Trait.FLIES):
                    yield near, Cost.EASY if Trait.FLIES in traits else Cost.WET
                case Tile.DOOR if Trait.OPENS in traits:
                    yield near, Cost.DOOR

    def way(self, start, end, traits=Trait.ANY):
        """A*: the cheapest way and its cost, or None."""
        costs, came, heap = {start: 0}, {}, [(0, start)]
        while heap:
            _, here = heapq.heappop(heap)
            if here == end:
                steps = [here]
                while here in came:
                    steps.append(here := came[here])
                return steps[::-1], costs[end]
            for near, cost in self.neighbours(here, traits):
                if (total := costs[here] + cost) < costs.get(near, float("inf")):
                    costs[near], came[near] = total, here
                    heapq.heappush(heap, (total + near.distance(end), near))
        return None

    def reachable(self, start, traits):
        seen, line = {start}, deque([start])
        while line:
            for near, _ in self.neighbours(line.popleft(), traits):
                if near not in seen:
                    seen.add(near)
                    line.append(near)
        return seen

    @cached_property
    def area(self):
        return Counter(self.tiles.values())


@total_ordering
@dataclass(eq=False)
class Creature:
    name: str
    place: Point
    traits: Trait = Trait.OPENS
    steps: list[Direction] = field(default_factory=list, repr=False)

    def __eq__(self, other):
        return self.name == other.name if isinstance(other, Creature) else NotImplemented

    def __lt__(self, other):
        return len(self.steps) < len(other.steps)

    def walk(self, dungeon, goals):
        for goal in goals:
            found = dungeon.way(self.place, goal, self.traits)
            if found is None:
                yield f"{self.name} cannot reach {tuple(goal)}"
                continue
            way, cost = found
            self.steps += itertools.starmap(Direction.between, itertools.pairwise(way))
            self.place = way[-1]
            yield f"{self.name} reaches {tuple(goal)} for {cost}"


dungeon = Map(48, 16, seed=2024)
print(dungeon)
print(len(dungeon.rooms), {tile.name: count for tile, count in sorted(dungeon.area.items())}, dungeon.area is dungeon.area)
heroes = [Creature("duck", dungeon.rooms[0].center, Trait.SWIMS), Creature("bat", dungeon.rooms[-1].center, Trait.FLIES)]
goals = [room.center for room in dungeon.rooms[::2]] + [Point(0, 0)]
for line in itertools.chain.from_iterable(itertools.zip_longest(*(hero.walk(dungeon, goals) for hero in heroes))):
    print(line)
for hero in sorted(heroes):
    print(hero, Counter(step.name for step in hero.steps).most_common(2), max(heroes).name)
runs = [(direction.name[0], len(list(group))) for direction, group in itertools.groupby(heroes[0].steps)]
print("".join(f"{letter}{count}" for letter, count in runs[:20]))
print(len(dungeon.reachable(dungeon.rooms[0].center, Trait.ANY)), len(dungeon.reachable(dungeon.rooms[0].center, Trait(0))))
print(Trait.ANY, Trait.SWIMS | Trait.OPENS, ~Trait.FLIES, list(Trait.ANY), Trait.SWIMS in Trait.ANY, Direction.EAST.opposite)
try:
    Room(1, 2, 0, 4)
except ValueError as error:
    print(error)
for attempt in (lambda: Direction(Point(2, 2)), lambda: setattr(dungeon.rooms[0], "left", 3), lambda: Tile["LAVA"]):
    try:
        attempt()
    except (ValueError, AttributeError, KeyError) as error:
        print(type(error).__name__, error)


def life(cells):
    """One generation."""
    counts = Counter((x + dx, y + dy) for x, y in cells for dx in (-1, 0, 1) for dy in (-1, 0, 1) if dx or dy)
    return frozenset(cell for cell, count in counts.items() if count == 3 or count == 2 and cell in cells)


@cache
def generations(cells, count):
    return cells if count == 0 else life(generations(cells, count - 1))


glider = frozenset({(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)})
print(sorted(generations(glider, 4)) == sorted((x + 1, y + 1) for x, y in glider), generations.cache_info())
print([len(generations(frozenset(dungeon.rooms[0]), count)) for count in range(6)])
