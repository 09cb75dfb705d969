"""A vending machine: states and events as enumerations, transitions by matching."""

from enum import Enum, Flag, IntEnum, auto, unique


@unique
class State(Enum):
    IDLE = "waiting for coins"
    READY = "waiting for a choice"
    SERVING = "serving"
    BROKEN = "out of order"

    @property
    def active(self):
        return self is not State.BROKEN

    def __str__(self):
        return f"<{self.name.lower()}: {self.value}>"


class Coin(IntEnum):
    TEN = 10
    TWENTY = 20
    FIFTY = 50
    EURO = 100

    @classmethod
    def _missing_(cls, value):
        if isinstance(value, str):
            return cls.__members__.get(value.upper())
        return None


class Access(Flag):
    NONE = 0
    READ = auto()
    WRITE = auto()
    SERVICE = auto()
    ALL = READ | WRITE | SERVICE


class Machine:
    PRICES = {"tea": 80, "coffee": 120, "water": 50}

    def __init__(self):
        self.state = State.IDLE
        self.credit = 0
        self.stock = dict.fromkeys(self.PRICES, 2)
        self.history = []

    def handle(self, event):
        before = self.state
        answer = self.react(event)
        self.history.append((before, event, self.state))
        return answer

    def react(self, event):
        match self.state, event:
            case State.BROKEN, ("repair", Access() as access) if Access.SERVICE in access:
                self.state = State.IDLE
                return "repaired"
            case State.BROKEN, _:
                return "nothing happens"
            case State.IDLE | State.READY, ("coin", Coin() as coin):
                self.credit += coin
                self.state = State.READY
                return f"credit {self.credit}"
            case _, ("coin", other):
                return f"{other!r} falls through"
            case State.READY, ("choose", str(drink)) if drink in self.PRICES:
                return self.serve(drink)
            case State.READY, ("choose", drink):
                return f"no such drink: {drink}"
            case State.READY, "cancel" | ("cancel",):
                change, self.credit, self.state = self.credit, 0, State.IDLE
                return f"returns {self.change(change)}"
            case _, "kick":
                self.state = State.BROKEN
                return "crack"
            case state, [name, *rest]:
                return f"{name} ({len(rest)}) not possible while {state.name}"
            case _:
                raise ValueError(f"no event: {event!r}")

    def serve(self, drink):
        price = self.PRICES[drink]
        if not self.stock[drink]:
            return f"{drink} is sold out"
        if self.credit < price:
            return f"{drink} costs {price}, {price - self.credit} missing"
        self.stock[drink] -= 1
        self.credit -= price
        self.state = State.READY if self.credit else State.IDLE
        return f"one {drink}"

    @staticmethod
    def change(amount):
        coins = []
        for coin in sorted(Coin, reverse=True):
            count, amount = divmod(amount, coin)
            coins += [coin.name] * count
        return coins


machine = Machine()
for event in [
    ("choose", "tea"), ("coin", Coin.FIFTY), ("choose", "coffee"), ("coin", Coin("euro")), ("choose", "coffee"), ("choose", "milk"),
    ("coin", 5), "cancel", "cancel", ("coin", Coin(100)), ("choose", "water"), ("choose", "water"), ("coin", Coin.EURO), ("choose", "water"),
    ("cancel",), "kick", ("coin", Coin.TEN), ("repair", Access.READ), ("repair", Access.ALL), 42,
]:
    try:
        print(f"{str(event):<36} {machine.handle(event)}")
    except ValueError as error:
        print("error:", error)
print(machine.state, machine.stock, len(machine.history), machine.history[-1][0])
for attempt in [lambda: Coin(7), lambda: Coin("pound"), lambda: State["GONE"], lambda: State("gone"), lambda: setattr(State, "IDLE", 1), lambda: Access(16)]:
    try:
        print(attempt())
    except Exception as error:
        print(type(error).__name__, error)
print(Access.ALL, ~Access.READ, Access.READ | Access.WRITE, list(Access.ALL), bool(Access.NONE), Access(5), repr(Access(0)), Access.READ in Access.ALL)
print([state.active for state in State], State.IDLE == "waiting for coins", Coin.TEN + Coin.TWENTY, Coin.EURO > 99, f"{Coin.TEN} {Coin.TEN!r}")
try:
    @unique
    class Twice(Enum):
        A = 1
        B = 1
except ValueError as error:
    print(error)
