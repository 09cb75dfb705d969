"""A small adventure: rooms, things, a parser of commands and a script that plays it."""

import textwrap
from dataclasses import dataclass, field


@dataclass
class Thing:
    name: str
    description: str
    portable: bool = True
    contains: list["Thing"] = field(default_factory=list)

    def __str__(self):
        return ("an " if self.name[0] in "aeiou" else "a ") + self.name


@dataclass
class Room:
    name: str
    description: str
    exits: dict[str, str] = field(default_factory=dict)
    things: list[Thing] = field(default_factory=list)
    locked: bool = False


class GameOver(Exception):
    pass


def english(items):
    *most, last = [str(item) for item in items]
    return f"{', '.join(most)} and {last}" if most else last


class Game:
    OPPOSITE = {"north": "south", "south": "north", "east": "west", "west": "east", "up": "down", "down": "up"}
    ABBREVIATIONS = {direction[0]: direction for direction in OPPOSITE} | {"i": "inventory", "l": "look", "x": "examine", "get": "take"}

    def __init__(self):
        self.rooms = {}
        self.bag = []
        self.turns = 0
        self.build()

    def build(self):
        key = Thing("iron key", "It is rusty, but it may still turn.")
        self.room("hall", "A draughty hall with a long table. Somebody has left in a hurry.", things=[Thing("table", "It is laid for six.", False, [Thing("apple", "Red.")])])
        self.room("cellar", "It is dark down here; something drips.", things=[key])
        self.room("garden", "Roses, gone wild.", locked=True)
        self.connect("hall", "down", "cellar")
        self.connect("hall", "east", "garden")
        self.here = self.rooms["hall"]

    def room(self, name, description, **more):
        self.rooms[name] = Room(name, description, **more)

    def connect(self, one, direction, other):
        self.rooms[one].exits[direction] = other
        self.rooms[other].exits[self.OPPOSITE[direction]] = one

    def visible(self):
        for thing in [*self.here.things, *self.bag]:
            yield thing
            yield from thing.contains

    def find(self, words):
        wanted = set(words) - {"the", "a", "an"}
        found = [thing for thing in self.visible() if wanted and wanted <= set(thing.name.split())]
        if not found:
            raise LookupError(f"You see no {' '.join(words) or 'such thing'} here.")
        return found[0]

    def do(self, line):
        self.turns += 1
        words = [self.ABBREVIATIONS.get(word, word) for word in line.lower().split()]
        try:
            match words:
                case []:
                    return "Pardon?"
                case [direction] | ["go", direction] if direction in self.OPPOSITE:
                    return self.go(direction)
                case ["look"]:
                    return self.describe()
                case ["inventory"]:
                    return f"You carry {english(self.bag)}." if self.bag else "You carry nothing."
                case ["take", "all"]:
                    return "\n".join(self.take(thing) for thing in list(self.here.things)) or "There is nothing."
                case ["take", *rest]:
                    return self.take(self.find(rest))
                case ["drop", *rest]:
                    thing = self.find(rest)
                    self.bag.remove(thing)
                    self.here.things.append(thing)
                    return f"You drop {thing}."
                case ["examine" | "read", *rest]:
                    thing = self.find(rest)
                    return thing.description + (f" On it: {english(thing.contains)}." if thing.contains else "")
                case ["eat", *rest] if "apple" in rest:
                    raise GameOver("It was poisoned.")
                case ["quit" | "exit"]:
                    raise GameOver("Goodbye.")
                case [verb, *_]:
                    return f"You do not know how to {verb}."
        except LookupError as error:
            return str(error)
        except ValueError:
            return "You do not have that."

    def go(self, direction):
        try:
            target = self.rooms[self.here.exits[direction]]
        except KeyError:
            return "You cannot go that way."
        if target.locked:
            if not any("key" in thing.name for thing in self.bag):
                return "The door is locked."
            target.locked = False
        self.here = target
        return self.describe()

    def take(self, thing):
        if not thing.portable:
            return f"The {thing.name} is too heavy."
        for place in (self.here.things, *(other.contains for other in self.here.things)):
            if thing in place:
                place.remove(thing)
                self.bag.append(thing)
                return f"You take {thing}."
        return "You have it already."

    def describe(self):
        parts = [self.here.description]
        if self.here.things:
            parts.append(f"There is {english(self.here.things)} here.")
        parts.append(f"You can go {english(sorted(self.here.exits))}.")
        return f"{self.here.name.title()}\n" + textwrap.fill(" ".join(parts), 50, initial_indent="  ", subsequent_indent="  ")


game = Game()
print(game.describe())
for line in ["x table", "take table", "take apple", "i", "e", "d", "take the iron key", "take key", "look", "drop sword", "u", "e", "drop apple", "l", "dance",
             "", "take all", "w", "north", "i", "examine", "drop iron", "drop iron", "eat the apple", "look"]:
    print(f"> {line}")
    try:
        print(game.do(line))
    except GameOver as end:
        print(end, f"({game.turns} turns)")
        break
