"""A text adventure: rooms, things and doors as a state machine, played from a script."""

from __future__ import annotations

import enum
import random
import re
import textwrap
from collections import deque
from dataclasses import dataclass, field
from typing import Callable, ClassVar, Iterator, NamedTuple


class Direction(enum.Enum):
    NORTH = "n"
    SOUTH = "s"
    EAST = "e"
    WEST = "w"

    @property
    def opposite(self) -> Direction:
        pairs = {"n": "s", "s": "n", "e": "w", "w": "e"}
        return Direction(pairs[self.value])

    @classmethod
    def parse(cls, word: str) -> Direction:
        for member in cls:
            if word in (member.value, member.name.lower()):
                return member
        raise ValueError(f"{word!r} is not a direction")


class State(enum.IntFlag):
    NONE = 0
    LIT = enum.auto()
    OPEN = enum.auto()
    LOCKED = enum.auto()


class Score(NamedTuple):
    points: int = 0
    moves: int = 0

    def __add__(self, other):
        return Score(self.points + other.points, self.moves + other.moves)


class GameError(Exception):
    """What the player is told when something cannot be done."""


class Dark(GameError):
    def __init__(self, room):
        super().__init__(f"It is too dark in the {room.name} to see anything.")
        self.room = room


@dataclass(order=True)
class Thing:
    name: str
    weight: int = field(default=1, compare=False)
    state: State = field(default=State.NONE, compare=False, repr=False)

    def __str__(self):
        flags = ", ".join(flag.name.lower() for flag in State if flag in self.state)
        return f"{self.name} ({flags})" if flags else self.name


@dataclass
class Room:
    name: str
    description: str
    dark: bool = False
    things: dict[str, Thing] = field(default_factory=dict)
    exits: dict[Direction, "Door"] = field(default_factory=dict, repr=False)

    def connect(self, direction: Direction, other: Room, **kwargs) -> Door:
        door = Door(self, other, **kwargs)
        self.exits[direction] = door
        other.exits[direction.opposite] = door
        return door


@dataclass
class Door:
    one: Room
    other: Room
    key: str | None = None
    state: State = State.OPEN

    def beyond(self, room: Room) -> Room:
        return self.other if room is self.one else self.one


def command(*words: str) -> Callable:
    def register(method):
        method.words = words
        return method
    return register


class Game:
    limit: ClassVar[int] = 5
    commands: ClassVar[dict[str, Callable]] = {}

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.commands = {word: method for base in reversed(cls.__mro__) for method in vars(base).values()
                        for word in getattr(method, "words", ())}

    def __init__(self, start: Room, seed=7):
        self.room = start
        self.bag: dict[str, Thing] = {}
        self.score = Score()
        self.log: deque[str] = deque(maxlen=3)
        self.random = random.Random(seed)
        self.over = False

    def play(self, lines) -> Iterator[str]:
        yield self.look("")
        for line in lines:
            self.log.append(line)
            match line.lower().split():
                case []:
                    continue
                case ["go", word] | [("n" | "s" | "e" | "w" | "north" | "south" | "east" | "west") as word]:
                    verb, rest = "go", word
                case [verb, "the", *words] | [verb, *words]:
                    rest = " ".join(words)
            yield f"> {line}"
            self.score += Score(moves=1)
            try:
                method = self.commands[verb]
                yield method(self, rest)
            except KeyError as error:
                yield f"I do not know how to {error.args[0]}."
            except GameError as error:
                yield str(error)
            if self.over:
                return


class Cave(Game):
    @property
    def lit(self):
        return not self.room.dark or any(State.LIT in thing.state for thing in self.bag.values())

    @command("look", "l")
    def look(self, _):
        if not self.lit:
            raise Dark(self.room) if self.score.moves else GameError("dark")
        lines = [f"-- {self.room.name.title()} --", textwrap.fill(self.room.description, 50)]
        if self.room.things:
            lines.append("You see: " + ", ".join(map(str, sorted(self.room.things.values()))) + ".")
        lines.append("Exits: " + ", ".join(sorted(d.name.lower() for d in self.room.exits)) + ".")
        return "\n".join(lines)

    @command("go")
    def go(self, where):
        try:
            door = self.room.exits[direction := Direction.parse(where)]
        except ValueError as error:
            raise GameError(f"Go where? {error}.") from error
        except KeyError:
            raise GameError("There is a wall.") from None
        if State.LOCKED in door.state:
            raise GameError(f"The door to the {direction.name.lower()} is locked.")
        self.room = door.beyond(self.room)
        return self.look("")

    @command("take", "get")
    def take(self, name):
        if not self.lit:
            raise Dark(self.room)
        if name == "all":
            return "\n".join(self.take(each) for each in list(self.room.things)) or "There is nothing."
        thing = self.room.things.get(name)
        if thing is None:
            raise GameError(f"There is no {name} here.")
        if sum(t.weight for t in self.bag.values()) + thing.weight > self.limit:
            raise GameError(f"The {name} is too heavy.")
        self.bag[name] = self.room.things.pop(name)
        self.score += Score(points=thing.weight * 10)
        return f"You take the {thing}."

    @command("drop")
    def drop(self, name):
        try:
            self.room.things[name] = self.bag.pop(name)
        except KeyError:
            raise GameError(f"You have no {name}.")
        return f"You drop the {name}."

    @command("light")
    def light(self, name):
        if "matches" not in self.bag:
            raise GameError("You have nothing to light it with.")
        thing = self.bag.get(name) or self.room.things.get(name)
        match thing:
            case None:
                raise GameError(f"Which {name}?")
            case Thing(name="lamp", state=state) if State.LIT not in state:
                thing.state |= State.LIT
                return f"The {thing.name} burns."
            case Thing():
                return f"The {name} does not burn any better for it."

    @command("unlock")
    def unlock(self, where):
        door = self.room.exits.get(Direction.parse(where))
        if door is None or not door.state & State.LOCKED:
            return "There is nothing to unlock."
        if door.key not in self.bag:
            raise GameError(f"You need the {door.key}.")
        door.state = door.state & ~State.LOCKED | State.OPEN
        return f"The {door.key} turns. {door.state!r}"

    @command("i", "inventory")
    def inventory(self, _):
        return "\n".join(f"{t.name:.<12}{t.weight:>3}" for t in sorted(self.bag.values())) or "Nothing."

    @command("score")
    def tell_score(self, _):
        return f"{self.score.points} points in {self.score.moves} moves; {self.score!r}"

    @command("roll")
    def roll(self, dice):
        found = re.fullmatch(r"(?P<n>\d+)d(?P<sides>\d+)(?P<plus>[+-]\d+)?", dice)
        if not found:
            raise GameError(f"Roll what? {dice!r}")
        n, sides, plus = (int(found[name] or 0) for name in ("n", "sides", "plus"))
        rolls = [self.random.randint(1, sides) for _ in range(n)]
        return f"{rolls} -> {sum(rolls) + plus:+d}"

    @command("quit")
    def quit(self, _):
        self.over = True
        return "Bye. Last words: " + "; ".join(self.log)


def world() -> Room:
    hall = Room("hall", "A great hall with a floor of stone. Somebody has swept it not long ago, and gone away again.")
    cellar = Room("cellar", "Barrels, and a smell of old wine.", dark=True)
    vault = Room("vault", "Shelves up to the ceiling.")
    for room, *things in [(hall, Thing("lamp", 2), Thing("matches"), Thing("anvil", 9)),
                          (cellar, Thing("key"), Thing("bottle", 2)), (vault, Thing("crown", 3))]:
        room.things |= {thing.name: thing for thing in things}
    hall.connect(Direction.SOUTH, cellar)
    cellar.connect(Direction.EAST, vault, key="key", state=State.LOCKED)
    return hall


SCRIPT = """
look
dance wildly
go up
west
take sword
take the lamp
take all
get matches
s
look
take key
n
light lamp
i
s
take key
e
unlock east
e
take crown
drop lamp
take crown
roll 3d6+2
roll dice
score
unlock north
i
quit
look
"""

game = Cave(world())
for text in game.play(SCRIPT.splitlines()):
    print(text)
print(sorted(Cave.commands))
print(game.room.things, Direction.NORTH.opposite, State.LIT | State.OPEN, ~State.LIT)
try:
    Direction.parse("up")
except ValueError as error:
    print(repr(error))
