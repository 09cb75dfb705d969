"""unittest.mock: patch in all its forms, mocks with the signature of what they stand for, and a mock for open()."""
import os
import re
import sys
import unittest
from unittest.mock import DEFAULT, MagicMock, Mock, call, create_autospec, mock_open, patch, sentinel


def attempt(function, *args, **kwargs):
    try:
        result = function(*args, **kwargs)
        print(re.sub(r"id='\d+'", "id=N", repr(result)))
    except Exception as error:
        print(f"{type(error).__name__}: {re.sub(r" at 0x[0-9a-f]+|(?<=__') from '.*?'", '', str(error))}")


class Store:
    size = 3

    def get(self, key, default=None):
        return f"real {key}"

    @staticmethod
    def check(a):
        return a

    @classmethod
    def make(cls, b):
        return cls()

    async def load(self, name):
        return name


def helper(a, b=2, *, c=3):
    """A helper."""
    return a + b + c


this = sys.modules[__name__]

# ---- patch, in its forms
with patch.object(Store, "get") as get:
    get.return_value = "patched"
    print(Store().get("k"), get.mock_calls)
print(Store().get("k"))
with patch(f"{__name__}.helper", return_value=7) as mocked:
    print(helper(1), mocked.call_args)
print(helper(1))
with patch.object(Store, "size", 9):
    print(Store.size, Store().size)
print(Store.size, "size" in Store.__dict__)


@patch.object(Store, "get", autospec=True)
@patch(f"{__name__}.helper")
def decorated(first, second, *rest):
    """What it does."""
    print(type(first).__name__, type(second).__name__, rest)
    second.return_value = "bound"
    store = Store()
    print(store.get("a"), second.call_args == call(store, "a"))
    attempt(store.get)


decorated()
print(decorated.__name__, decorated.__doc__)
store = Store()
with patch.object(store, "get", side_effect=ValueError("no")):
    attempt(store.get, 1)
print(store.get(1), "get" in store.__dict__)
patcher = patch("os.getcwd", return_value="/nowhere")
patcher.start()
print(os.getcwd())
patcher.stop()
print(os.getcwd() != "/nowhere", patcher.stop())
patch.object(Store, "size", 1).start()
patch.object(Store, "size", 2).start()
print(Store.size)
patch.stopall()
print(Store.size)
settings = {"a": 1, "b": 2}
with patch.dict(settings, {"a": 10}, c=3) as same:
    settings["d"] = 4
    print(settings, same is settings)
print(settings)
with patch.dict(settings, {"only": 1}, clear=True):
    print(settings)
with patch.dict("os.environ", {"GILBOX_TEST_NAME": "value"}):
    print(os.environ["GILBOX_TEST_NAME"])
print("GILBOX_TEST_NAME" in os.environ, settings)
with patch.multiple(Store, get=DEFAULT, size=5) as made:
    print(sorted(made), Store.size, made["get"] is Store.get)
with patch(f"{__name__}.Store") as Class:
    Class.return_value.get.return_value = "of the instance"
    print(Store("x").get(), Class.mock_calls)
with patch(f"{__name__}.Store", spec=True) as Class:
    attempt(lambda: Store().unknown)
    attempt(lambda: Store().get)
with patch(f"{__name__}.invented", 5, create=True):
    print(invented)
print("invented" in globals())
with patch.object(Store, "load") as load:
    print(type(load).__name__)
with patch.object(Store, "get", new_callable=Mock, return_value=1) as got:
    print(type(got).__name__, Store().get())
attempt(patch(f"{__name__}.no_such_thing").start)
attempt(patch.object(Store, "nothing").start)
attempt(patch, "nodots")
attempt(patch.object, "text", "x")
attempt(patch, "a.b", new=1, new_callable=Mock)
attempt(patch("no_such_module_at_all.x").start)
attempt(patch.object(Store, "get", 1, autospec=True).start)
attempt(patch.multiple, Store)
print(Store().get("end"))

# ---- with the signature of what they stand for
function = create_autospec(helper, return_value="r")
print(function(1), function.__name__, function.call_count, function.mock_calls)
attempt(function)
attempt(function, 1, 2, 3)
attempt(function, 1, d=4)
function.assert_called_once_with(1)
attempt(function.assert_called_once_with, 2)
function(a=5)
function.assert_called_with(5)
function.side_effect = KeyError("told")
attempt(function, 1)
Class = create_autospec(Store)
instance = Class()
attempt(Class, 1)
attempt(instance.get, "key")
attempt(instance.get)
attempt(instance.get, 1, 2, 3)
attempt(lambda: instance.nothing)
instance.get.assert_called_once_with("key")
attempt(instance.get.assert_called_once_with, key="other")
attempt(Class.check)
attempt(Class.make, 4)
print(isinstance(instance, Store), type(instance.load).__name__)
attempt(create_autospec(Store, instance=True))
only = create_autospec(Store, spec_set=True)
attempt(setattr, only, "invented", 1)

# ---- open()
fake = mock_open(read_data="first\nsecond\nthird")
with patch("builtins.open", fake):
    with open("some.txt") as file:
        print(file.read(3), repr(file.readline()), list(file))
    with open("some.txt", "w") as file:
        file.write("text")
    print([line for line in open("x")], open("y").readlines(), open("z").read())
print(fake.mock_calls[:3])
fake.assert_any_call("some.txt", "w")
fake().write.assert_called_once_with("text")


# ---- in test cases
@patch.object(Store, "size", sentinel.size)
class Tests(unittest.TestCase):
    def setUp(self):
        patcher = patch.dict(settings, {"in test": True})
        patcher.start()
        self.addCleanup(patcher.stop)
        self.enterContext(patch.object(Store, "check", return_value="checked"))

    def test_class_is_patched(self):
        self.assertIs(Store.size, sentinel.size)
        self.assertEqual(settings["in test"], True)
        self.assertEqual(Store.check(1), "checked")

    @patch("builtins.print")
    def test_method_is_patched(self, printed):
        print("not shown")
        printed.assert_called_once_with("not shown")

    @patch(f"{__name__}.helper", new=MagicMock(return_value=1))
    def test_with_new(self):
        self.assertEqual(helper(2), 1)

    def not_patched(self):
        return Store.size


class AsyncTests(unittest.IsolatedAsyncioTestCase):
    @patch.object(Store, "load")
    async def test_await(self, load):
        load.return_value = 4
        self.assertEqual(await Store().load("x"), 4)
        load.assert_awaited_once_with("x")


suite = unittest.TestSuite()
for case in (Tests, AsyncTests):
    suite.addTests(unittest.defaultTestLoader.loadTestsFromTestCase(case))
result = unittest.TestResult()
suite.run(result)
print(result, result.failures, result.errors)
print(Store.size, settings, Store.check(2))
