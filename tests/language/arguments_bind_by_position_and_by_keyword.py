"""Positional, keyword, default, star and keyword-only parameters, in every mixture."""


def plain(a, b, c):
    return a, b, c


def defaults(a, b=2, c=3):
    return a, b, c


def star(a, *rest):
    return a, rest


def keywords(a, **options):
    return a, options


def keyword_only(a, *, b, c=3):
    return a, b, c


def everything(a, /, b, *args, c, d=4, **options):
    return a, b, args, c, d, options


print(plain(1, 2, 3), plain(1, c=3, b=2), plain(c=1, b=2, a=3))
print(defaults(1), defaults(1, 5), defaults(1, c=5), defaults(b=7, a=1))
print(star(1), star(1, 2, 3))
print(keywords(1), keywords(1, x=2, y=3), keywords(a=4, z=0))
print(keyword_only(1, b=2), keyword_only(1, c=0, b=2))
print(everything(1, 2, c=3))
print(everything(1, 2, 3, 4, c=5, d=6, e=7, a=8))
pair = (1, 2)
options = {"c": 9}
print(plain(*pair, 3), plain(*pair, **options), everything(*pair, *pair, **options, x=1))
print(plain(*[1], *(2,), **{"c": 3}))
print(star(*"abc"), star(*range(3)), star(*{1: 2, 3: 4}))
