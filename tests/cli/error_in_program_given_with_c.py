# how: -c
def f():
    raise ValueError("in a string")
f()
