"""A delivery company: vehicles, routes, prices and notices; its tests use mocks for what lies outside."""
import asyncio
import enum
import functools
import heapq
import io
import json
import logging
import random
import unittest
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol
from unittest.mock import ANY, AsyncMock, MagicMock, Mock, call, create_autospec, mock_open, patch

log = logging.getLogger("deliveries")


class Kind(enum.Enum):
    LETTER = ("letter", 1)
    PARCEL = ("parcel", 4)
    PALLET = ("pallet", 40)

    def __init__(self, label, space):
        self.label = label
        self.space = space

    @classmethod
    def for_weight(cls, grams):
        return next(kind for kind, limit in ((cls.LETTER, 500), (cls.PARCEL, 30_000), (cls.PALLET, float("inf")))
                    if grams <= limit)


class Address(NamedTuple):
    town: str
    street: str = "Main Street 1"


@dataclass(frozen=True)
class Shipment:
    number: int
    to: Address
    grams: int
    express: bool = False

    @property
    def kind(self):
        return Kind.for_weight(self.grams)


class Messenger(Protocol):
    async def send(self, to: str, text: str, *, urgent: bool = False) -> bool: ...


class RoadMap:
    """Towns and how many kilometres lie between them."""

    def __init__(self, roads):
        self.roads = {}
        for one, other, length in roads:
            self.roads.setdefault(one, {})[other] = length
            self.roads.setdefault(other, {})[one] = length

    @functools.cache
    def way(self, start, goal):
        queue, seen = [(0, [start])], set()
        while queue:
            length, towns = heapq.heappop(queue)
            if towns[-1] == goal:
                return length, towns
            if towns[-1] in seen:
                continue
            seen.add(towns[-1])
            for town, step in self.roads.get(towns[-1], {}).items():
                heapq.heappush(queue, (length + step, towns + [town]))
        raise LookupError(f"no road leads from {start} to {goal}")


@dataclass
class Company:
    home: str
    roads: RoadMap
    messenger: Messenger
    clock: object = datetime.now
    speed: float = 60
    delivered: list = field(default_factory=list)

    def price(self, shipment):
        length, _ = self.roads.way(self.home, shipment.to.town)
        cents = 90 + shipment.kind.space * 25 + length * {Kind.LETTER: 0, Kind.PARCEL: 1, Kind.PALLET: 9}[shipment.kind]
        return cents * (2 if shipment.express else 1)

    def arrival(self, shipment):
        length, _ = self.roads.way(self.home, shipment.to.town)
        return self.clock() + timedelta(hours=length / self.speed + (0 if shipment.express else 12))

    async def deliver(self, shipment, attempts=3):
        when = self.arrival(shipment)
        text = f"{shipment.kind.label} {shipment.number} comes on {when:%A at %H:%M}"
        for attempt in range(1, attempts + 1):
            try:
                if await self.messenger.send(shipment.to.town, text, urgent=shipment.express):
                    break
            except ConnectionError as error:
                log.warning("attempt %d for %d: %s", attempt, shipment.number, error)
        else:
            raise TimeoutError(f"{shipment.to.town} does not answer")
        self.delivered.append(shipment)
        return when

    def save(self, path):
        with open(path, "w") as file:
            json.dump([asdict(shipment) | {"price": self.price(shipment)} for shipment in self.delivered], file)

    @staticmethod
    def lucky_number():
        return random.randint(1, 100)


NOON = datetime(2026, 3, 2, 12)
ROADS = RoadMap([("Abel", "Berg", 30), ("Berg", "Cord", 40), ("Abel", "Cord", 90), ("Cord", "Dorf", 10), ("Far", "Away", 1)])
LETTER, PARCEL, PALLET = (Shipment(number, Address("Dorf"), grams) for number, grams in ((1, 20), (2, 800), (3, 90_000)))


class Prices(unittest.TestCase):
    def setUp(self):
        self.company = Company("Abel", ROADS, Mock(), clock=lambda: NOON)

    def test_each_kind_has_its_price(self):
        for shipment, cents in ((LETTER, 115), (PARCEL, 270), (PALLET, 1810)):
            with self.subTest(shipment.kind.label):
                self.assertEqual(self.company.price(shipment), cents)
                self.assertEqual(self.company.price(replace(shipment, express=True)), 2 * cents)

    def test_the_shortest_way_counts(self):
        self.assertEqual(ROADS.way("Abel", "Dorf"), (80, ["Abel", "Berg", "Cord", "Dorf"]))
        with self.assertRaisesRegex(LookupError, "from Abel to Away"):
            self.company.price(replace(LETTER, to=Address("Away")))

    def test_a_map_that_is_mocked(self):
        self.company.roads = create_autospec(RoadMap, instance=True)
        self.company.roads.way.side_effect = [(10, []), (20, [])]
        self.assertEqual([self.company.price(PARCEL), self.company.price(PARCEL)], [200, 210])
        self.company.roads.way.assert_has_calls([call("Abel", "Dorf")] * 2)

    @patch("random.randint", return_value=42)
    def test_luck_is_no_luck(self, randint):
        self.assertEqual(Company.lucky_number(), 42)
        randint.assert_called_once_with(1, 100)

    def test_saving(self):
        self.company.delivered = [LETTER]
        with patch("builtins.open", mock_open()) as opened:
            self.company.save("x.json")
        opened.assert_called_once_with("x.json", "w")
        written = "".join(one.args[0] for one in opened().write.mock_calls)
        self.assertEqual(json.loads(written)[0]["price"], 115)


class Notices(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        self.messenger = AsyncMock(Messenger)
        self.company = Company("Abel", ROADS, self.messenger, clock=MagicMock(return_value=NOON))

    async def test_the_receiver_is_told(self):
        self.messenger.send.return_value = True
        when = await self.company.deliver(PARCEL)
        self.assertEqual(when, NOON + timedelta(hours=13, minutes=20))
        self.messenger.send.assert_awaited_once_with("Dorf", "parcel 2 comes on Tuesday at 01:20", urgent=False)
        self.company.clock.assert_called_once_with()

    async def test_it_is_tried_again(self):
        self.messenger.send.side_effect = [ConnectionError("busy"), False, True]
        with self.assertLogs("deliveries", "WARNING") as logs:
            await self.company.deliver(replace(LETTER, express=True))
        self.assertEqual(logs.output, ["WARNING:deliveries:attempt 1 for 1: busy"])
        self.assertEqual(self.messenger.send.await_args_list, [call("Dorf", ANY, urgent=True)] * 3)

    async def test_it_is_given_up(self):
        self.messenger.send.return_value = False
        with self.assertRaises(TimeoutError) as raised:
            await self.company.deliver(PALLET, attempts=2)
        self.assertEqual((str(raised.exception), self.company.delivered), ("Dorf does not answer", []))
        self.assertEqual(self.messenger.send.await_count, 2)

    async def test_many_at_once(self):
        self.messenger.send.return_value = True
        await asyncio.gather(*(self.company.deliver(shipment) for shipment in (LETTER, PARCEL, PALLET)))
        self.assertCountEqual(self.company.delivered, [PALLET, LETTER, PARCEL])
        with self.assertRaises(AssertionError) as raised:
            self.messenger.send.assert_not_awaited()
        print(raised.exception)


stream = io.StringIO()
suite = unittest.TestSuite(unittest.defaultTestLoader.loadTestsFromTestCase(case) for case in (Prices, Notices))
result = unittest.TextTestRunner(stream=stream, verbosity=2).run(suite)
print("".join(line for line in stream.getvalue().splitlines(keepends=True) if not line.startswith("Ran")))
print(result.testsRun, result.wasSuccessful())
