"""unittest.mock: mocks record their calls, answer as told, assert, and have special methods."""
import asyncio
import re
from unittest import mock
from unittest.mock import ANY, AsyncMock, DEFAULT, MagicMock, Mock, NonCallableMock, PropertyMock, call, sentinel


def show(*values):
    print(*(re.sub(r"id='\d+'", "id=N", repr(value)) for value in values))


def attempt(function, *args, **kwargs):
    try:
        show(function(*args, **kwargs))
    except Exception as error:
        print(f"{type(error).__name__}: {re.sub(r'[0-9]{6,}', 'N', str(error))}")
    except AssertionError as error:
        print(f"AssertionError: {error}")


# ---- calls are written down
m = Mock()
show(m, m.a, m.a.b(), m())
show(m.mock_calls, m.method_calls, m.called, m.call_count, m.call_args)
m.reset_mock()
show(m.mock_calls, m.called, m.call_args)
m(1, 2, key="x")
m("again")
show(m.call_args, m.call_args_list, m.call_args.args, m.call_args.kwargs, len(m.call_args), len(m.mock_calls[0]))
args, kwargs = m.call_args_list[0]
print(args, kwargs)
name, args, kwargs = m.mock_calls[0]
print(repr(name), args, kwargs)
print(m.call_args == call("again"), m.call_args == (("again",), {}), m.call_args == (("again",),), m.mock_calls == [call(1, 2, key="x"), call("again")])
service = Mock(name="service")
service.connect("host", port=1).send(b"x")
service.close()
show(service, service.connect, service.connect().send)
show(service.mock_calls)
show(service.method_calls)
print(service.mock_calls[:2] == call.connect("host", port=1).send(b"x").call_list())
show(call, call.a.b, call.a(1).b(c=2), call.a(1).b(c=2).call_list(), call(1)(2), call.count(3))
print(call(1, ANY) == call(1, "anything"), call(1) == call(2), call.a(1) == call.b(1), call(1) != call(1), ANY == 5, ANY)
show(sentinel.one, sentinel.one is sentinel.one, DEFAULT)

# ---- answers
m = Mock(return_value=3)
print(m(), m.return_value)
m.return_value = "other"
print(m())
m = Mock(side_effect=[1, ValueError("second"), 3])
attempt(m)
attempt(m)
attempt(m)
attempt(m)
m = Mock(side_effect=KeyError("key"))
attempt(m)
m = Mock(side_effect=lambda x: x * 2 if x else DEFAULT, return_value="default")
print(m(4), m(0))
m = Mock(**{"method.return_value": 5, "other.side_effect": ZeroDivisionError}, plain="value")
print(m.method(), m.plain)
attempt(m.other)
m.configure_mock(**{"deep.er.still.return_value": 9})
print(m.deep.er.still())


class Account:
    """An account."""
    limit = 10

    def __init__(self, owner, balance=0):
        self.owner = owner

    def deposit(self, amount, *, note=None):
        return amount

    async def fetch(self):
        return 1

    def __len__(self):
        return 0


real = Account("me")
m = Mock(wraps=real)
print(m.deposit(5), m.deposit.call_args)
m.deposit.return_value = "told"
print(m.deposit(6), m.deposit.call_count)

# ---- assertions
m = Mock()
attempt(m.assert_called)
attempt(m.assert_called_once)
attempt(m.assert_called_with, 1)
attempt(m.assert_called_once_with, 1)
attempt(m.assert_any_call, 1)
attempt(m.assert_not_called)
m(1)
attempt(m.assert_not_called)
attempt(m.assert_called_once)
attempt(m.assert_called_with, 2, a=3)
m(2, a=3)
attempt(m.assert_called_with, 2, a=3)
attempt(m.assert_called_once)
attempt(m.assert_called_once_with, 2, a=3)
attempt(m.assert_any_call, 1)
attempt(m.assert_any_call, 3)
attempt(m.assert_has_calls, [call(1), call(2, a=3)])
attempt(m.assert_has_calls, [call(2, a=3), call(1)])
attempt(m.assert_has_calls, [call(2, a=3), call(1)], any_order=True)
attempt(m.assert_has_calls, [call(7)], any_order=True)
m.child.assert_not_called()
attempt(m.child.assert_called_with, "x")
attempt(lambda: m.assert_called_wiht)
attempt(lambda: m.called_with)
attempt(lambda: m.asert_called)

# ---- what a mock stands for
m = Mock(spec=Account)
show(m, m.deposit, isinstance(m, Account), m.__class__)
attempt(lambda: m.missing)
attempt(lambda: m.owner)
m.new = 1
m = Mock(spec_set=Account)
show(m)
attempt(setattr, m, "new", 1)
attempt(setattr, m, "limit", 1)
m = Mock(spec=["read", "write"])
attempt(lambda: m.read())
attempt(lambda: m.close())
m = Mock(spec=Account("x"))
print(m.deposit.called, type(m.fetch).__name__, sorted(name for name in dir(m) if "a" in name and not name.startswith("_"))[:6])
m = Mock()
del m.gone
attempt(lambda: m.gone)
print(hasattr(m, "gone"), hasattr(m, "there"))
attempt(NonCallableMock())
m = Mock()
m.attach_mock(Mock(name="inner"), "part")
m.part.run(1)
show(m.mock_calls, m.part)
sub = Mock()
m = Mock()
m.first = sub
sub(4)
show(m.mock_calls, sub)
mock.seal(m)
attempt(lambda: m.unknown)
attempt(lambda: m.first.deeper)

# ---- special methods
m = MagicMock()
print(len(m), bool(m), int(m), float(m), list(m), 3 in m, hash(m) == hash(m), m == m, m != 3, complex(m), m.__index__())
with m as inside:
    inside.work(1)
m["key"] = "value"
m["other"].run()
del m["key"]
show(m.mock_calls[-5:])
m.__len__.return_value = 4
m.__iter__.return_value = [1, 2]
m.__getitem__.side_effect = lambda key: key * 2
m.__contains__.return_value = True
m.__str__.return_value = "as text"
print(len(m), list(m), list(m), m["ab"], "x" in m, str(m))
m.__getitem__.assert_called_with("ab")
show(m + 1, m.__add__.mock_calls)
attempt(lambda: m < 3)
m.__lt__.return_value = True
print(m < 3)
attempt(len, Mock())
m = Mock()
m.__len__ = lambda self: 8
m.__str__ = Mock(return_value="text")
print(len(m), str(m))
attempt(setattr, m, "__setattr__", 3)
m = MagicMock(spec=Account)
print(len(m))
attempt(list, m)


class Thermometer:
    @property
    def degrees(self):
        return 20


thermometer = MagicMock()
type(thermometer).degrees = degrees = PropertyMock(return_value=30)
print(thermometer.degrees)
thermometer.degrees = 5
show(degrees.mock_calls)


# ---- mocks that are awaited
async def awaits():
    m = AsyncMock(return_value=3)
    print(await m(1), await m(2, a=3), m.await_count, m.await_args, m.await_args_list)
    attempt(m.assert_awaited_once)
    attempt(m.assert_awaited_with, 5)
    attempt(m.assert_awaited_with, 2, a=3)
    attempt(m.assert_any_await, 9)
    attempt(AsyncMock(name="never").assert_awaited)
    m = AsyncMock(side_effect=[1, RuntimeError("broken")])
    print(await m())
    try:
        await m()
    except RuntimeError as error:
        print("RuntimeError", error)
    m = MagicMock()
    async with m as inside:
        print(type(inside).__name__)
    m.__aiter__.return_value = [1, 2]
    print([item async for item in m])
    m = MagicMock(spec=Account)
    m.fetch.return_value = 12
    print(await m.fetch(), type(m.deposit).__name__, type(m.fetch).__name__)
    m = AsyncMock()
    await m.method(1)
    show(m.method_calls, m)


asyncio.run(awaits())
