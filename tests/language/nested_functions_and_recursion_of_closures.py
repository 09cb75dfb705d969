"""Functions in functions, closures that call themselves and each other, late binding."""


def make_even_odd():
    def even(n):
        return n == 0 or odd(n - 1)

    def odd(n):
        return n != 0 and even(n - 1)

    return even, odd


even, odd = make_even_odd()
print(even(10), odd(7), even(7))


def counter():
    counts = {}

    def count(name):
        counts[name] = counts.get(name, 0) + 1
        return counts[name]

    count.counts = counts
    return count


c = counter()
c("a"), c("a"), c("b")
print(c.counts)


def levels():
    a = 1

    def two():
        b = 2

        def three():
            c = 3

            def four():
                nonlocal a, b, c
                a += 1
                b += a
                c += b
                return a, b, c

            return four

        return three

    return two()()


f = levels()
print(f(), f())
compose = lambda *fs: (lambda x: [x := g(x) for g in fs][-1])
print(compose(lambda x: x + 1, lambda x: x * 2, str)(3))
print((lambda f: f(f, 5))(lambda self, n: 1 if n == 0 else n * self(self, n - 1)))


def defaults_see_enclosing(n):
    def inner(x=n, *, y=n * 2):
        return x, y

    n = 100
    return inner()


print(defaults_see_enclosing(1))


def shadow(print=len):
    return print([1, 2])


print(shadow())
