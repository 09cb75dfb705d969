"""`assert` with and without message."""

assert True
assert 1, "not shown"
for check in ("assert 0", "assert 0, 'message'", "assert [], [1, 2]", "assert None, ValueError('v')"):
    try:
        exec(check)
    except AssertionError as error:
        print(repr(error), error.args)
print(__debug__)


def f():
    print("evaluated only on failure")
    return "msg"


assert 1, f()
try:
    assert 0, f()
except AssertionError as error:
    print(error)
