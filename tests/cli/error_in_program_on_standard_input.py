# how: -
def f():
    return {}["key"]

f()
