"""Where the carets go: calls, operators, subscripts, attributes, several lines."""


def show(f):
    import sys

    try:
        f()
    except Exception:
        sys.excepthook(*sys.exc_info())


d = {"a": {}}
n = None
one = 1


def attribute():
    return n.missing + 1


def subscript():
    return d["a"]["b"]["c"]


def binary():
    return one + "text" + one


def call():
    return show(1, 2, 3)


def nested():
    return len(str(int("x")))


def compare():
    return 1 < 2 < n


def unary():
    return -d


def several_lines():
    return (
        one
        + d
    )


def call_over_lines():
    return int(
        "not a number",
        base=10,
    )


def statement():
    for x in one:
        pass


def unpack():
    a, b = one


def name():
    return undefined_name


def store():
    n.x = 1


def delete():
    del d["zzz"]


def raised():
    raise ValueError("plain raise")


def chained_calls():
    return "abc".upper().nothing().lower()


def imported():
    import does_not_exist


def asserted():
    assert one == 2, "one is not two"


def wide():
    return "日本" + n.x


for f in (attribute, subscript, binary, call, nested, compare, unary, several_lines, call_over_lines, statement, unpack, name,
          store, delete, raised, chained_calls, imported, asserted, wide):
    show(f)
