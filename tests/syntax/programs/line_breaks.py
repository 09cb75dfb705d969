if a:
    b = """x
y"""
    c = f"""{
  d
}
"""

# comment
x = 1 \
  + 2
y = "a\
b"
z = f"a\
b{c}"
