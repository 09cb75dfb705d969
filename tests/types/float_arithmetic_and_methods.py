"""Operators, conversions, methods, errors of floats."""

print(7.5 // 2, 7.5 % 2, -7.5 // 2, -7.5 % 2, 7.5 % -2, divmod(7.5, 2), divmod(-1.0, 3))
print(2.0**0.5, 2**-2, (-8) ** (1 / 3), 1e200 * 1e200, 0.0 * -1, 5 / 2, 6 / 3)
print(float("1.5"), float(" -2e3 "), float("inf"), float("1_0.5"), float(7), float("nan") != float("nan"), float())
print((2.5).is_integer(), (2.0).is_integer(), (0.75).as_integer_ratio(), (1.5).hex(), float.fromhex("0x1.8p+1"))
print(int(2.9), int(-2.9), round(2.567, 1), abs(-2.5), -(-2.5), +2.5, hash(2.0) == hash(2), hash(0.5))
print(1.5 < 2, 2**53 + 1 == float(2**53), 2**53 + 1 > float(2**53), 10**400 > 1e308, -(10**400) < float("-inf"))
print(max(1.0, 2, 3.5), min(0.5, 1), sum([0.1] * 10), sum([0.1, 0.2, 0.3]), sorted([2.5, 1, 3.0, -1]))
one = [1]
for bad in ("1.0 / 0", "1.0 // 0", "1.0 % 0", "0.0 ** -1", "float('x')", "float('')", "float(None)", "1e308 ** 2",
            "int('1.5')", "1.5 << 1", "1.5 & 1", "one[0.0]", "range(1.5)", "(0.1).nothing", "divmod(1.0, 0)"):
    try:
        print(eval(bad))
    except (ValueError, TypeError, OverflowError, ZeroDivisionError, AttributeError) as error:
        print(type(error).__name__, error)
print((-2.0) ** 2, (-2.0) ** 3, 4 ** 0.5, 2 ** 10.0, float.__name__, (1.5).real, (1.5).conjugate())
