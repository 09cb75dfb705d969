"""A file that does not parse."""

x = 1
if x
    print(x)
