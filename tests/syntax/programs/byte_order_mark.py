x = "é"
y = f"é{x}"; z = 1

if x:
    y
