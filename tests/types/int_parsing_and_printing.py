"""`int()` from text and numbers, bases, `bin`, `oct`, `hex`, formats."""

print(int("42"), int(" -7\n"), int("+3"), int("1_000"), int(3.99), int(-3.99), int(True), int())
print(int("ff", 16), int("0xff", 16), int("0b101", 0), int("0o17", 0), int("z", 36), int("101", base=2))
print(int(b"12"), int("٣"), int("0"), int("-0"), int("00012"))
print(bin(10), bin(-10), oct(64), hex(255), hex(-(2**70)), bin(0))
print(f"{1234567:,} {1234567:_} {255:#x} {255:#010b} {-5:05d} {5:+d} {5: d} {65:c} {10**25:,}")
print(f"{42:e} {42:.1f} {0.5:%} {7:<5}| {7:^5}| {7:>5}| {7:*>5}| {-7:=5}|")
for bad in ("int('')", "int('x')", "int('1.5')", "int('12', 2)", "int('5', 1)", "int(None)", "int([])",
            "int('1__0')", "int(5, 10)", "int(float('nan'))", "int(float('inf'))", "f'{5:q}'", "f'{5:.2d}'"):
    try:
        eval(bad)
    except (ValueError, TypeError, OverflowError) as error:
        print(type(error).__name__, error)
print((5).numerator, (5).denominator, (5).real, (5).imag, (5).conjugate(), (6).as_integer_ratio())
print((5).__add__(3), (5).__add__("x"), int.__add__(1, 2), (7).__index__(), (-3).__abs__())
print(isinstance(True, int), issubclass(bool, int), int.__mro__)
print(round(1234, -2), round(1250, -2), round(-1350, -2), round(5), abs(-5), (5).is_integer())
