"""The mini-language of format specs across the types."""

for spec in ("", "d", "5", "<5", "^5", ">5", "05", "+", " ", "-", ",", "_", "b", "#b", "o", "#o", "x", "#x", "X", "c", "n", "e", ".2f", "%", "*^9", "=+6", "#06x"):
    print(repr(spec), "|" + format(65, spec) + "|", "|" + format(-65, spec if spec != "c" else "") + "|")
for spec in ("", "f", ".0f", ".1f", "10.2f", "<10.2f", "e", ".2e", "g", ".3g", "%", ".1%", "+.2f", " .2f", ",.1f", "_.1f", "010.2f", "#.0f", "E", "G", "n", "*>8.1f", "z.1f"):
    print(repr(spec), "|" + format(1234.5678, spec) + "|", "|" + format(-0.04, spec) + "|")
for spec in ("", "s", "8", "<8", ">8", "^8", "*^8", ".2", "8.2", "08"):
    print(repr(spec), "|" + format("abc", spec) + "|")
for value, spec in ((1, "s"), ("a", "d"), (1.5, "d"), ("a", "+"), ("a", "="), (1, ".2"), (1, "q"), (1.5, "x"), ([], "5"), (None, "x"), ("a", ","), (1, ",b"), (1, "10000000000000000000000"), (300000000, "c"), (1, "+c"), (True, "d"), (True, ""), (True, "5")):
    try:
        print(value, spec, "|" + format(value, spec) + "|")
    except (ValueError, TypeError, OverflowError) as error:
        print(type(error).__name__, error)
print(format([1]), format(None), format(True), format("x", ""), "{!r:>8}|{!s:^8}|{!a}".format("a", "b", "é"))
