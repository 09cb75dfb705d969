"""f-strings: specs, conversions, nesting, `=`, quotes, escapes."""

name = "Ada"
n = 255
pi = 3.14159265
print(f"{name} {n} {pi}")
print(f"{name!r} {name!s} {name!a} {'é'!a}")
print(f"{n:d} {n:x} {n:#X} {n:b} {n:o} {n:08.3f} {n:+} {n:,} {n:_b}")
print(f"{pi:.2f} {pi:10.3f}| {pi:<10.3f}| {pi:^10.3f}| {pi:e} {pi:g} {pi:%}")
print(f"{name:>10}|{name:<10}|{name:^10}|{name:*^10}|{name:.2}")
width, precision = 12, 4
print(f"{pi:{width}.{precision}f}|{name:{'>'}{width}}|")
print(f"{n=} {n = } {name=!r} {pi=:.1f} {n + 1 = }")
print(f"{{literal}} {{{n}}} {'nested ' + f'{n + 1}'}")
print(f"{'a' if n > 1 else 'b'} {[x for x in range(3)]} { {'k': 1}['k'] } {(lambda: 7)()}")
print(f"{"same quotes"} {f"{f"{n}"}"}")
print(f"line\n{'\n'.join(['x', 'y'])}")
print(rf"\d{n}\n" fr"{n}\t" "plain" f"{n}")
print(f"""multi
{n
 + 1}
line""")
print(f"{n!r:>6}|{None}|{True!s:>6}|{[1, 2]!r:>10}|")


class Money:
    def __format__(self, spec):
        return f"<{spec}>"


print(f"{Money()} {Money():euro} {Money():{width}}")
print(f"{name[0]} {name.upper()} {n:{n:x}<5}".replace("f", "-") if False else "skipped")
print(f"{3:>{2 + 3}}|{'x':{'-'}^{7}}|")
print("" f"" == "", f"{''}" == "", f"{n}" f"{n}")
