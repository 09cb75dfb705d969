"""%, format and repr where rounding is delicate."""

for x in (0.5, 1.5, 2.5, 0.125, 0.375, 1e15 + 0.3, 123456.789, 9.995, 0.045, 1.15, 2.675, 1e-7, 99999.95):
    print(f"{x:.0f} {x:.1f} {x:.2f} {x:.3g} {x:.10g} {x:.3e} {x!r}")
for x in (1e5, 1e16, 1.5e-5, 123456789.123, 1e22, 5e-324, 1.7976931348623157e308):
    print(f"{x:g} {x:.17g} {x:e} {x:,.1f}"[:120], repr(x))
print("%.3g|%8.3f|%-8.1e|%+g|% g|%g" % (1234.5, 1.23456, 12345.678, 1.0, 1.0, 1e-5))
print(round(0.15, 1), round(0.25, 1), round(0.35, 1), round(1e22, 2), round(12345.6789, -3), round(-1.5), round(1e300, 300))
print(float("1e-400"), float("1e400"), float("-0"), float("0x1p3" if False else "8"), float("  12.5  "), float("infinity"), float("nAn"))
print(0.1 + 0.7, 1.1 * 3, 4.35 * 100, 1 - 0.9, 1e16 + 1, 2**53 + 0.0, 1 / 7, 100 * 1.1, 3 * 0.1)
print(str(1e16), str(1e15), str(123456789012345680.0), str(0.0001), str(0.00001), 1e2, 12345678901234567890.0)
