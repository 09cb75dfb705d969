"""float: repr, parsing, hex, ratios, rounding, arithmetic at the edges, and refusals."""


def t(text):
    try:
        print(text, "->", eval(text))
    except Exception as error:
        print(text, "->", type(error).__name__, error)


inf, nan = float("inf"), float("nan")
for text in ["float('1e5'), float(' 1.5\\n'), float('1_0.5_0'), float('.5'), float('5.')", "float('1e')", "float('')", "float('1__0')", "float('_1')", "float('0x1p3')",
             "float('inf'), float('-Infinity'), float('+iNf'), float('nan'), float('-nan')", "float('infinit')", "float('1 2')", "float(b'1.5'), float(bytearray(b'2'))",
             "float(b'x')", "float(None)", "float([])", "float(1j)", "float()", "float('٣.٥')", "float(10**400)", "float(-10**400)", "float(10**308)", "float('1e400'), float('-1e400'), float('1e-400')",
             "float(x=1)", "float(1, 2)", "float('1\\x00')", "(1.5).hex(), (0.0).hex(), (-0.0).hex(), inf.hex(), nan.hex(), (1e-320).hex(), (0.1).hex()",
             "float.fromhex('0x1.8p1'), float.fromhex('1.8'), float.fromhex('-0x.1p-3'), float.fromhex(' inf '), float.fromhex('nan')",
             "float.fromhex('0x1p2000')", "float.fromhex('xyz')", "float.fromhex('')", "float.fromhex(5)", "float.fromhex('0x1p-2000')", "float.fromhex('0x1.fffffffffffff8p0')",
             "(0.5).as_integer_ratio(), (-2.0).as_integer_ratio(), (0.1).as_integer_ratio(), (0.0).as_integer_ratio()", "inf.as_integer_ratio()", "nan.as_integer_ratio()",
             "(2.0).is_integer(), (2.5).is_integer(), inf.is_integer(), nan.is_integer()", "(1.5).conjugate(), (1.5).real, (1.5).imag",
             "round(2.5), round(3.5), round(-2.5), round(0.5), round(1e20)", "round(2.675, 2), round(1.005, 2), round(0.15, 1), round(0.25, 1), round(1234.5, -2)",
             "round(inf)", "round(nan)", "round(inf, 2), round(nan, 2), round(1e300, 5), round(1.5, 400), round(1.5, -400)", "round(1.5, None), round(-0.4), round(-0.4, 0)", "round(1.5, 'x')", "round(1.5, 1.5)",
             "1.5 // 0", "1.5 % 0", "1.5 / 0", "divmod(1.5, 0)", "0.0 ** -1", "(-1.5) ** 0.5", "(-8.0) ** (1/3)", "1e300 ** 2", "1e300 * 1e300", "-1e300 * 1e300", "2.0 ** 1024", "2.0 ** -1100",
             "7.5 // 2, -7.5 // 2, 7.5 % 2, -7.5 % 2, 7.5 % -2, divmod(-7.5, 2)", "5.0 % inf, -5.0 % inf, 5.0 // inf, -5.0 // inf", "inf // 1, inf % 1", "0.0 // 1, -0.0 // 1, 0.0 % -1, -0.0 % 1",
             "inf - inf, inf * 0, inf / inf, nan + 1", "1.0 ** nan, nan ** 0, inf ** 0, 0.0 ** 0, inf ** -1, (-inf) ** 3, (-inf) ** 2.5", "1e16 + 1, 0.1 + 0.2, 1 / 3, 1e22, 1e21, 123456789012345678.0",
             "1e15, 1e16, 1e-4, 1e-5, 0.0001, 0.00001, 1.0, 100000.0, 1e100, 5e-324, 1.7976931348623157e308", "repr(2.5e-7), str(1e5), repr(-0.0), repr(1e0)", "3.14.__round__(1), (3.7).__trunc__(), (3.2).__ceil__(), (-3.2).__floor__()",
             "hash(1.0) == hash(1), hash(0.5), hash(inf), hash(-inf), hash(1e300), hash(-0.0)", "(1.5).__eq__(1.5), (1.5).__lt__(2), (1.5).__eq__('x')", "1.5 == 3/2, 2**53 == 2.0**53, 2**53+1 == 2.0**53, 1 < 1.5, 10**400 > inf, -10**400 < -inf",
             "nan < 1, nan == nan, nan != nan, 1 < nan, [nan] == [nan]", "(0.1).__format__('.3f'), format(1.5), format(1.5, ''), format(nan, '010'), format(inf, '+'), format(-inf, '>8')", "1.5 & 1", "1.5 << 1", "~1.5", "1.5 @ 2",
             "int(1.5), bool(0.0), bool(nan), complex(1.5)", "float.__getformat__('double'), float.__getformat__('float')", "float.__getformat__('x')", "float.from_number(5), float.from_number(1.5)", "float.from_number('1')", "(1.5).__getnewargs__()",
             "1_0.0_1, 1e1_0, 1_0e-1_0", "1.5.real.imag", "float.__new__(int)", "abs(-1.5), -(1.5), +1.5, abs(-0.0), abs(-nan)", "min(nan, 1), min(1, nan), max(nan, 1), sorted([3, nan, 1])", "sum([0.1] * 10), sum([1e100, 1, -1e100]), sum([0.1] * 10, 0.0)"]:
    t(text)
