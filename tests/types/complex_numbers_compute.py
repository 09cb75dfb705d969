"""Complex arithmetic and printing."""

a = 3 + 4j
print(a, a.real, a.imag, abs(a), a.conjugate(), -a, a == 3 + 4j, a != 3)
print(a + 1, a - 2j, a * a, a / 2, a**2, 1j * 1j, 2 ** 1j == 2 ** 1j)
print(complex(1, 2), complex("1+2j"), complex(3), complex(), complex("-j"), complex(0, -0.0))
print(1j, -1j, 0j, 1e20j, (1 + 0j), complex("nan"), [1j], hash(3 + 0j) == hash(3))
print(f"{a} {a:.1f} {a!r}", bool(0j), bool(1j), a == complex(3, 4), 3 == 3 + 0j)
for bad in ("1j < 2", "int(1j)", "float(1j)", "complex('x')", "1j / 0", "1j // 2", "1j % 2"):
    try:
        eval(bad)
    except (TypeError, ValueError, ZeroDivisionError) as error:
        print(type(error).__name__, error)
