"""Big integers: every operator, both signs, floor division and modulo, shifts, powers."""

a = 2**100 + 7
b = 3**50
print(a + b, a - b, b - a)
print(a * b)
print(a // b, a % b, -a // b, -a % b, a // -b, a % -b, -a // -b, -a % -b)
print(divmod(a, b), divmod(-a, b))
print(a & b, a | b, a ^ b, ~a, -a & b, -a | b, a & -b)
print(a << 70, a >> 40, -a >> 40, 1 << 200 >> 190, -1 >> 500)
print(2**200, (-3) ** 77, pow(3, 1000, 10**20), pow(3, -1, 7), pow(-5, 3, 7), 0**0)
print(a == a + 0, a < a + 1, a > b, hash(2**61 - 1), hash(2**61), hash(-1), hash(-2))
for edge in (2**47 - 1, 2**47, -(2**47), -(2**47) - 1, 2**63 - 1, 2**63, -(2**63), 2**64):
    print(edge, edge + 1, edge - 1, edge * 2, -edge, edge * edge, edge // 3, edge % 1000)
print(int("1" * 60), int("-" + "9" * 40), int("ff" * 20, 16), len(str(7**3000)))
print(a.bit_length(), (0).bit_length(), (255).bit_count(), (-a).bit_length())
print((1000).to_bytes(3, "big"), int.from_bytes(b"\x01\x02\x03", "little"), (-2).to_bytes(2, "big", signed=True))
print(float(a), a / b, 10**400 // 10**399, 10**30 / 10**10, int(1e30))
for bad in ("1 << -1", "10**400 / 3", "1 // 0", "1 % 0", "1 / 0", "float(10**400)", "divmod(1, 0)", "pow(2, -1, 4)"):
    try:
        print(eval(bad))
    except (ValueError, OverflowError, ZeroDivisionError) as error:
        print(type(error).__name__, error)
