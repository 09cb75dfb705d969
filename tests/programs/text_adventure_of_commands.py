# stdin: look
# stdin: take lamp
# stdin: take lamp
# stdin: go north
# stdin: use lamp on door
# stdin: go north
# stdin: go up
# stdin: dance wildly
# stdin: inventory
# stdin: drop the lamp
# stdin: undo
# stdin: inventory
# stdin: quit
# stdin: never read
"""A game of commands, found by patterns: undo by memento, rooms as a graph."""

import re
import textwrap
from collections import ChainMap
from copy import deepcopy

ROOMS = {
    "cellar": {"text": "A damp cellar. Water drips from the ceiling onto the stones, and somewhere above you a floorboard "
                       "creaks.", "exits": {"north": "hall"}, "things": ["lamp", "rope"]},
    "hall": {"text": "A long hall with a heavy door.", "exits": {"south": "cellar", "north": None}, "things": []},
    "garden": {"text": "Sunlight!", "exits": {"south": "hall"}, "things": ["rose"]},
}


class GameOver(Exception):
    pass


class Refusal(Exception):
    """What cannot be done."""


def verb(pattern):
    regex = re.compile(pattern, re.IGNORECASE | re.VERBOSE)

    def mark(function):
        function.pattern = regex
        return function

    return mark


class Game:
    defaults = {"room": "cellar", "turns": 0, "score": 0}

    def __init__(self):
        self.own = {}
        self.state = ChainMap(self.own, self.defaults)
        self.rooms = deepcopy(ROOMS)
        self.bag = []
        self.history = []
        self.verbs = [f for name, f in vars(type(self)).items() if hasattr(f, "pattern")]

    def remember(self):
        self.history.append(deepcopy((self.own, self.rooms, self.bag)))

    @property
    def here(self):
        return self.rooms[self.state["room"]]

    @verb(r"(?: look | l )$")
    def look(self):
        print(textwrap.fill(self.here["text"], 40, initial_indent="  ", subsequent_indent="  "))
        exits = ", ".join(sorted(self.here["exits"]))
        print(f"  exits: {exits or 'none'}; you see: {', '.join(self.here['things']) or 'nothing'}")

    @verb(r"(?: take | get ) \s+ (?: the \s+ )? (?P<thing> \w+ )$")
    def take(self, thing):
        if thing in self.bag:
            raise Refusal(f"You have the {thing} already.")
        try:
            self.here["things"].remove(thing)
        except ValueError as error:
            raise Refusal(f"There is no {thing} here.") from error
        self.bag.append(thing)
        self.state["score"] += 5
        print(f"  Taken: {thing}.")

    @verb(r"drop \s+ (?: the \s+ )? (?P<thing> \w+ )$")
    def drop(self, thing):
        if thing not in self.bag:
            raise Refusal(f"You have no {thing}.")
        self.bag.remove(thing)
        self.here["things"].append(thing)
        print(f"  Dropped: {thing}.")

    @verb(r"go \s+ (?P<where> north | south | east | west | up )$")
    def go(self, where):
        exits = self.here["exits"]
        match exits.get(where, ...):
            case None:
                raise Refusal("The door is locked.")
            case str(room):
                self.state["room"] = room
                self.look()
            case _:
                raise Refusal(f"You cannot go {where}.")

    @verb(r"use \s+ (?P<thing> \w+ ) \s+ on \s+ (?P<target> \w+ )$")
    def use(self, thing, target):
        match (thing, target, self.state["room"]):
            case ("lamp", "door", "hall") if "lamp" in self.bag:
                self.here["exits"]["north"] = "garden"
                print("  In its light you find the key under the mat.")
                self.state["score"] += 20
            case ("lamp" | "rope", _, _):
                raise Refusal(f"Nothing happens to the {target}.")
            case other:
                raise Refusal(f"How? {other!r}")

    @verb(r"i (?: nv (?: entory )? )?$")
    def inventory(self):
        print("  You carry", " and ".join(self.bag) or "nothing", end=".\n")

    @verb(r"undo$")
    def undo(self):
        self.history.pop()
        if not self.history:
            raise Refusal("There is nothing to undo.")
        own, self.rooms, self.bag = self.history.pop()
        self.own.clear()
        self.own.update(own)
        print("  As you were.")

    @verb(r"q (?: uit )?$")
    def quit(self):
        raise GameOver(f"{self.state['score']} points in {self.state['turns']} turns")

    def obey(self, line):
        for function in self.verbs:
            if match := function.pattern.match(line.strip()):
                self.remember()
                self.state["turns"] += 1
                return function(self, **match.groupdict())
        words = line.split()
        raise Refusal(f"I do not know how to {words[0]!r}." if words else "Pardon?")


game = Game()
try:
    while True:
        try:
            line = input("> ")
            print(line)
            game.obey(line)
        except Refusal as refusal:
            print(" ", refusal, f"(because of {refusal.__cause__!r})" if refusal.__cause__ else "")
except GameOver as over:
    print("The end:", over)
print(game.state, game.own, dict(game.state), game.state.maps[1] is Game.defaults, sep="\n")
print(game.bag, [room for room in game.rooms if game.rooms[room]["things"]], len(game.history))
print([f.__name__ for f in game.verbs], input())
