# Defaults, keyword-only parameters, closures, decorators.
def parameters(a, b, /, c, d=1, *args, e, f=2, **kwargs):
    'Docstring.'
    local = a
    return local

def defaults(x=[], *, y=print):
    return lambda z=x, *more: (y, z)

def counter(start):
    def step(by):
        nonlocal start
        start += by
        return start
    return step

@first
@second(1)
def decorated():
    pass

def deleted(a):
    del a
    return a
