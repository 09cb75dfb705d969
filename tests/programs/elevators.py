"""A house with elevators: a simulation of events in a heap, with strategies to compare and a log to look into."""
import argparse
import heapq
import itertools
import logging
import random
import statistics
import sys
import textwrap
from abc import ABC, abstractmethod
from collections import Counter, defaultdict, deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum, auto
from functools import partial, singledispatch

log = logging.getLogger("house")


class Way(IntEnum):
    DOWN = -1
    NONE = 0
    UP = 1

    @classmethod
    def between(cls, start, goal):
        return cls((goal > start) - (goal < start))


class State(StrEnum):
    WAITS = auto()
    MOVES = auto()
    OPEN = auto()


@dataclass(order=True)
class Event:
    time: float
    number: int
    action: object = field(compare=False)


@dataclass(slots=True)
class Person:
    name: str
    start: int
    goal: int
    came: float
    entered: float | None = None
    left: float | None = None

    @property
    def way(self):
        return Way.between(self.start, self.goal)


class Strategy(ABC):
    registry = {}

    def __init_subclass__(cls, /, name, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.registry[name] = cls
        cls.name = name

    @abstractmethod
    def choose(self, elevators, person):
        """The elevator that is sent."""


class Nearest(Strategy, name="nearest"):
    def choose(self, elevators, person):
        return min(elevators, key=lambda one: (abs(one.floor - person.start), one.number))


class Idle(Nearest, name="idle first"):
    def choose(self, elevators, person):
        idle = [one for one in elevators if one.state is State.WAITS]
        return super().choose(idle or elevators, person)


class Shortest(Strategy, name="shortest list"):
    def choose(self, elevators, person):
        return min(elevators, key=lambda one: (len(one.stops), abs(one.floor - person.start), one.number))


class Elevator:
    room = 4

    def __init__(self, house, number):
        self.house, self.number = house, number
        self.floor, self.way, self.state = 0, Way.NONE, State.WAITS
        self.stops, self.inside, self.travelled = set(), [], 0

    def call(self, floor):
        self.stops.add(floor)
        if self.state is State.WAITS:
            self.go_on()

    def go_on(self):
        if not self.stops:
            self.state, self.way = State.WAITS, Way.NONE
            return
        if self.floor in self.stops:
            self.open()
            return
        ahead = {Way.between(self.floor, stop) for stop in self.stops}
        self.way = self.way if self.way in ahead else max(ahead)
        self.state = State.MOVES
        self.house.later(2, self.arrive)

    def arrive(self):
        self.floor += self.way
        self.travelled += 1
        self.go_on()

    def open(self):
        self.state = State.OPEN
        self.stops.discard(self.floor)
        gone = [person for person in self.inside if person.goal == self.floor]
        self.inside = [person for person in self.inside if person.goal != self.floor]
        for person in gone:
            self.house.leaves(person)
        queue = self.house.queues[self.floor]
        while queue and len(self.inside) < self.room:
            person = queue.popleft()
            person.entered = self.house.now
            self.inside.append(person)
            self.stops.add(person.goal)
        if queue:
            self.house.later(5, partial(self.house.send, queue[0]))
        log.debug("elevator %d opens at %d: %d out, %d inside", self.number, self.floor, len(gone), len(self.inside))
        self.house.later(3, self.go_on)


class House:
    def __init__(self, floors, elevators, strategy):
        self.floors, self.strategy = floors, strategy
        self.now, self.events, self.numbers = 0.0, [], itertools.count()
        self.queues = defaultdict(deque)
        self.elevators = [Elevator(self, number) for number in range(elevators)]
        self.arrived = []

    def later(self, delay, action):
        heapq.heappush(self.events, Event(self.now + delay, next(self.numbers), action))

    def comes(self, person):
        person.came = self.now
        self.queues[person.start].append(person)
        self.send(person)

    def send(self, person):
        self.strategy.choose(self.elevators, person).call(person.start)

    def leaves(self, person):
        person.left = self.now
        self.arrived.append(person)

    def run(self):
        while self.events:
            event = heapq.heappop(self.events)
            self.now = event.time
            event.action()
        return self


@singledispatch
def shown(value):
    return str(value)


@shown.register
def _(value: float):
    return f"{value:.1f}"


@shown.register(list)
@shown.register(tuple)
def _(value):
    return " ".join(map(shown, value))


@contextmanager
def section(title, out):
    print(f"-- {title} ".ljust(40, "-"), file=out)
    yield partial(print, " ", file=out)
    print(file=out)


def people(count, floors, seed):
    chance = random.Random(seed)
    for number in range(count):
        start, goal = chance.sample(range(floors), 2)
        yield chance.expovariate(1 / 15) + number * 4, Person(f"p{number}", start, goal, 0)


def main(arguments=None, out=sys.stdout):
    parser = argparse.ArgumentParser(prog="elevators", description=textwrap.dedent(main.__doc__ or __doc__))
    parser.add_argument("--floors", type=int, default=8)
    parser.add_argument("--elevators", type=int, default=2, metavar="N")
    parser.add_argument("--people", type=int, default=10)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--strategy", choices=sorted(Strategy.registry), action="append")
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args(arguments)
    log.setLevel(logging.DEBUG if options.verbose else logging.WARNING)
    if options.verbose:
        logging.basicConfig(stream=out, level=logging.DEBUG, format="%(name)s %(levelname)-5s %(message)s", force=True)
    for name in options.strategy or Strategy.registry:
        house = House(options.floors, options.elevators, Strategy.registry[name]())
        for when, person in people(options.people, options.floors, options.seed):
            house.later(when, partial(house.comes, person))
        house.run()
        waits = [person.entered - person.came for person in house.arrived]
        rides = [person.left - person.entered for person in house.arrived]
        with section(name, out) as tell:
            tell("arrived", len(house.arrived), "at", shown(house.now))
            tell("waited", shown([min(waits), statistics.median(waits), max(waits)]))
            tell("rode", shown((statistics.fmean(rides), statistics.stdev(rides))))
            tell("travelled", shown([one.travelled for one in house.elevators]), {one.state for one in house.elevators})
            tell("ways", dict(sorted(Counter(person.way.name for person in house.arrived).items())))
            tell("last", *(person.name for person in heapq.nlargest(3, house.arrived, key=lambda one: one.left)))


main([])
main(["--elevators", "1", "--people", "3", "--strategy", "nearest", "-v", "--floors=4"])
main(["--floors", "30", "--elevators", "4", "--people", "15", "--strategy", "shortest list"])
for wrong in (["--strategy", "none"], ["--floors", "many"], ["--help"]):
    try:
        sys.stderr = sys.stdout
        main(wrong)
    except SystemExit as end:
        print("exit", end.code)
