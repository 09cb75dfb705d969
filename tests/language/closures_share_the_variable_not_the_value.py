"""Closures capture variables: later assignments are seen, and siblings share."""


def pair():
    value = 0

    def get():
        return value

    def put(new):
        nonlocal value
        value = new

    return get, put


get, put = pair()
print(get())
put(5)
print(get())
get2, put2 = pair()
print(get2(), get())

late = []
for i in range(3):
    late.append(lambda: i)
print([f() for f in late])


def nest():
    x = "outer"

    def middle():
        def inner():
            return x

        return inner

    f = middle()
    x = "changed"
    return f()


print(nest())


def adder(n):
    def add(x):
        return x + n

    return add


add3 = adder(3)
print(add3(4), add3.__closure__[0].cell_contents, add3.__code__.co_freevars)
