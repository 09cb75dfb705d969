# try, with, and all the ways out of them.
def handlers(f):
    try:
        f()
    except ValueError as e:
        print(e)
    except (KeyError, OSError):
        raise
    except:
        return 1
    else:
        f(2)

def finally_(f):
    for i in f:
        try:
            if i:
                continue
            break
        finally:
            f(i)
    try:
        return i
    finally:
        i = 2

def with_(a, b):
    with a as x, b:
        return x

def groups(f):
    try:
        f()
    except* ValueError as e:
        print(e)
    except* OSError:
        pass

def raising(x):
    assert x, 'message'
    raise ValueError from x
