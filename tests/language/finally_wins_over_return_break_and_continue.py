"""What `finally` does to the control flow that passes through it."""


def f():
    try:
        return "try"
    finally:
        print("cleanup")


def g():
    for i in range(3):
        try:
            if i == 1:
                continue
            if i == 2:
                break
            print("body", i)
        finally:
            print("finally", i)
    else:
        print("never")
    return i


def h():
    x = 1
    try:
        return x
    finally:
        x = 2


def nested():
    out = []
    try:
        try:
            out.append("a")
            raise ValueError
        finally:
            out.append("b")
    except ValueError:
        out.append("c")
        try:
            return out
        finally:
            out.append("d")
    finally:
        out.append("e")


def loops():
    for i in range(2):
        while True:
            try:
                break
            finally:
                print("out of while", i)


print(f())
print(g())
print(h())
print(nested())
loops()


def gen():
    try:
        yield 1
        yield 2
    finally:
        print("closed")


g = gen()
for x in g:
    print(x)
    break
g.close()
for x in gen():
    print(x)
