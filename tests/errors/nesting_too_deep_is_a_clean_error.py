"""Deeply nested source and data end in an exception, not in a crash."""

for depth in (50, 150, 5000, 100000):
    for opening, closing in (("(", ")"), ("[", "]"), ("-", ""), ("not ", ""), ("f(", ")"), ("{1:", "}")):
        text = "x = " + opening * depth + "1" + closing * depth
        try:
            compile(text, "<deep>", "exec")
            outcome = "compiles"
        except (SyntaxError, RecursionError, MemoryError) as error:
            outcome = "refused"
        if depth in (50, 100000):
            print(depth, repr(opening), outcome if depth == 50 or opening not in ("-", "not ") else "ended")
text = "".join("    " * i + "if 1:\n" for i in range(99)) + "    " * 99 + "x = 1\n"
try:
    compile(text, "<deep>", "exec")
    print("99 blocks compile")
except SyntaxError as error:
    print(error.msg)
text = "".join("    " * i + "if 1:\n" for i in range(150)) + "    " * 150 + "x = 1\n"
try:
    compile(text, "<deep>", "exec")
except SyntaxError as error:
    print(type(error).__name__, error.msg)
text = "".join(" " * i + "for i in x:\n" for i in range(25)) + " " * 25 + "x = 1\n"
try:
    compile(text, "<deep>", "exec")
    print("25 loops compile")
except SyntaxError as error:
    print(error.msg)
long_sum = "x = " + " + ".join(["1"] * 2000)
compile(long_sum, "<long>", "exec")
many = "\n".join(f"x{i} = {i}" for i in range(20000))
compile(many, "<many>", "exec")
print("long programs compile")
