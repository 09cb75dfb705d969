"""Literals of all kinds."""

print(0, 00, 1_000_000, 0xFF, 0xdead_beef, 0o17, 0b1010, 0B1, 0XaB)
print(1.5, .5, 5., 1e3, 1E-3, 1_0.0_1, 1e+2, 3.0e10, 0.1e1)
print(1j, 2.5J, 1e2j, (1 + 2j) * 1j)
print("single", 'double', """triple "quoted" text""", '''and 'this' one''')
print("tab\tnew\\n\x41\u00e9\U0001F600\N{SNOWMAN}\101\a".encode())
print(r"raw\n\d", R'\x', "a" "b" 'c')
print(b"bytes\x00\xff", rb"\n", Rb"\x41", bR'q', b"a" b"b")
print("line one\
 continued")
print("""first
second\
 still second""")
print(len("\
"), "\'\"", '\'', "\0" == chr(0))
print(u"unicode", "é", "日本", "\u0301" == "́")
print(True, False, None, ..., Ellipsis is ...)
print(-0, -1, +1, ~5, - -3, 2 ** -1, -2 ** 2, (-2) ** 2)
print(10 ** 20, 0xFFFFFFFFFFFFFFFFFFFF, 1_2_3)
print(1 if True else 2, 1 .real, 1.0.real, 1..real)
print({}, {1}, {1: 2}, (), (1,), [], [1,])
