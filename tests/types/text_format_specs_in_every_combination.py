"""The format mini-language: every value under every spec, and the words of what is refused."""

SPECS = """d|c|x|X|b|o|n|e|E|f|F|g|G|%|s|q||+|-| |z|#|0|5|05|<8|>8|^9|=9|*^12|é<6|0<8|x=+10|,|_|,d|_d|_x|#_b|#o|#010x|012,|020_.3f
.0|.1|.5|.0f|.2f|.10f|.0e|.3g|.17g|#.3|#.3g|#.0f|.1%|z.1f|+z.0f|-010,|^+14_|.,f|._e|.8_e|.2,f|_.3_f|+.3|12.5n|0>#20_x|.,x|.,_f
.|..2|zz|<<<5|dd|,c|,s|,n|,x|#c|+c|.5d|zd|=5s|05s|.2s|,,|,_|_,|._3f|99999999999999999999|.99999999999|é""".replace("\n", "|").split("|")
VALUES = [0, 42, -1234567, 2**70, True, 0.0, -0.0, 0.5, 2.5, -0.04, 0.1, 1234567.891, 1e15 + 0.25, 1e16, 1e22, 1e-5, 5e-324,
          float("inf"), float("-inf"), float("nan"), 3 + 4j, complex(-0.0, 2.5), complex(0, -1e20), "abc", "héllo\U0001f600"]

for spec in SPECS:
    print(f"--- {spec!r}")
    for value in VALUES:
        try:
            print(repr(format(value, spec)))
        except Exception as error:
            print(type(error).__name__, error)
