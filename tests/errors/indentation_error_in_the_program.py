"""A file whose block is missing."""

def f():
x = 1
