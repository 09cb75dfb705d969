"""int's methods: bytes, bits, bases, ratios, rounding, and the words of every refusal."""


def t(text):
    try:
        print(text, "->", eval(text))
    except Exception as error:
        print(text, "->", type(error).__name__, error)


for n in (0, 1, -1, 127, 128, -128, -129, 255, 256, 10**20, -(10**20), True):
    for length in (0, 1, 2, 20):
        for order in ("'big'", "'little'"):
            for signed in (False, True):
                t(f"({n}).to_bytes({length}, {order}, signed={signed})")
for text in ["(5).to_bytes()", "(5).to_bytes(2)", "(5).to_bytes(-1)", "(5).to_bytes(1, 'middle')", "(5).to_bytes('x')",
             "(5).to_bytes(1, 5)", "(5).to_bytes(1, 'big', True)", "(5).to_bytes(byteorder='little', length=3)",
             "int.from_bytes(b'')", "int.from_bytes(b'\\x01\\x02')", "int.from_bytes(b'\\x01\\x02', 'little')",
             "int.from_bytes(b'\\xff', signed=True)", "int.from_bytes([1, 2, 3])", "int.from_bytes([256])",
             "int.from_bytes('x')", "int.from_bytes(5)", "int.from_bytes(b'a', 'x')", "int.from_bytes()",
             "type(bool.from_bytes(b'\\x01'))", "int.from_bytes(bytearray(b'ab'))", "int.from_bytes(memoryview(b'ab'))",
             "(255).bit_length(), (-256).bit_length(), (0).bit_length(), (2**100).bit_length()",
             "(255).bit_count(), (-255).bit_count(), (0).bit_count(), (2**100-1).bit_count()",
             "(5).as_integer_ratio(), True.as_integer_ratio()", "(5).conjugate(), (5).real, (5).imag, (5).numerator, (5).denominator",
             "(5).is_integer()", "True.real, True.imag, type(True.conjugate())", "(5).__round__()", "round(1234, -2), round(1250, -2), round(1350, -2), round(-1250, -2)",
             "round(5, None), round(5, 3), round(15, -1), round(25, -1), round(5, -10**3)", "round(5, 1.5)", "round(5, 'x')",
             "(7).__divmod__(2), (7).__rdivmod__(2), divmod(-7, 2), divmod(7, -2), divmod(-7, -2)", "7 // 0", "7 % 0", "divmod(7, 0)",
             "7 / 0", "0 ** -1", "2 ** -1", "(-8) ** (1/3)", "pow(2, -1, 7)", "pow(2, -1, 4)", "pow(2, 5, 0)", "pow(2, 5, -7)", "pow(-3, 3, 10)",
             "pow(2, 3, 1)", "pow(0, 0, 1)", "1 << -1", "1 >> -1", "1 << 10**20" if False else "1 >> 10**20", "-1 >> 1000", "0 << 10**30",
             "int('0b101', 0), int('0o17', 0), int('0xfF', 0), int('12', 0)", "int('012', 0)", "int('0', 0), int('00', 0)", "int('z', 36), int('Z', 36)",
             "int('2', 2)", "int('12', 1)", "int('12', 37)", "int('1', -5)", "int(5, 10)", "int('5', '10')", "int(b'12'), int(bytearray(b' 12 '))",
             "int(' \\n-12\\t ')", "int('1_000'), int('0x_f', 16)", "int('1__0')", "int('_1')", "int('1_')", "int('')", "int(' ')", "int('+-1')", "int('1.5')",
             "int(1.9), int(-1.9), int(1e20)", "int(float('inf'))", "int(float('nan'))", "int(1j)", "int(None)", "int([])", "int()", "int('٣٤')", "int('½')",
             "int(x=5)", "int('5', base=10), int('11', base=2)", "int(base=10)", "int('0x1f', 16), int('1f', 16), int('-0x1F', 16)", "int('0b1', 2), int('0b1', 16)",
             "int('\\ud800')", "int('a' * 300)", "int(b'\\xff')", "int('1\\x00')", "(5).__format__('x')", "format(5, 's')", "format(5, '.3')", "format(True), format(True, 'd')",
             "(10).__index__(), True.__index__(), (5).__ceil__(), (5).__floor__(), (5).__trunc__()", "(5).__getnewargs__()", "(5).__sizeof__() > 0",
             "hash(-1), hash(-2), hash(2**61-1), hash(2**61), hash(-(2**61))", "(1).__add__('x'), (1).__add__(1.5), (1).__pow__(2, 5)", "int.__add__('a', 1)", "int.__new__(str)", "int.__new__(5)", "int.__new__()",
             "int.real", "int.real.__get__(5)", "bin(-10), oct(-8), hex(-255), hex(True)", "bin(1.5)", "hex('x')", "oct(None)",
             "~5, -(-5), +True, abs(-5), abs(True)", "5 & True, 5 | 8, 5 ^ 1, True & False, True ^ 1", "5 & 1.0", "1 if 0x10 else 2", "0xdead_beef, 0b1_0, 0o7_7"]:
    t(text)
