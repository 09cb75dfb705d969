"""Ranges and slices: arithmetic instead of lists, also beyond machine integers."""


def t(text):
    try:
        print(text, "->", repr(eval(text)))
    except Exception as error:
        print(text, "->", type(error).__name__, error)


big = 10**30


class I:
    def __index__(self):
        return 2


for text in """range(0)|range(5)|range(2, 8)|range(8, 2)|range(0, 10, 3)|range(10, 0, -3)|range(-5)|range(1, 2, 0)|range(1.0)|range('a')|range(None)|range()|range(1, 2, 3, 4)|range(I(), 9)
list(range(10, 0, -3))|list(range(5))[::-1]|len(range(0, 10, 3))|len(range(big))|len(range(2**62))|len(range(-2**62, 2**62))|bool(range(big))|bool(range(0))|range(big)[5]|range(big)[-1]|range(big)[big]|range(big)[big - 1]
range(10)[3]|range(10)[-3]|range(10)[10]|range(10)[-11]|range(10)[I()]|range(10)['x']|range(10)[1.5]|range(10)[2:5]|range(10)[::-1]|range(10)[::3]|range(10)[5:2]|range(10)[-3:]|range(10)[:-3]|range(10)[::0]|range(10)[2:5:'x']|range(0, 20, 2)[1:8:3]|range(big)[::big // 3]|range(10, 0, -3)[1:]|range(10)[big:]|range(10)[-big:big]
5 in range(10)|10 in range(10)|5.0 in range(10)|5.5 in range(10)|'a' in range(10)|True in range(2)|3 in range(0, 10, 2)|4 in range(0, 10, 2)|-4 in range(10, -10, -2)|big in range(big + 1)|big in range(0, big * 2, 7)|None in range(3)
range(10).index(3)|range(10).index(11)|range(10).index(3.0)|range(10).index('a')|range(0, big, 3).index(big - 1)|range(10).count(3)|range(10).count(3.0)|range(10).count('a')|range(0, 10, 2).count(3)
range(3) == range(0, 3, 1)|range(0) == range(5, 5, -1)|range(0, 3, 2) == range(0, 4, 2)|range(1, 2) == range(1, 5, 10)|range(3) == [0, 1, 2]|range(3) != range(4)|range(3) < range(4)|hash(range(0)) == hash(range(5, 5))|hash(range(0, 3, 2)) == hash(range(0, 4, 2))|range(big) == range(big)|{range(3): 1}[range(3)]
range(5).start|range(1, 5).stop|range(1, 5, 2).step|range(5).__reduce__()|list(reversed(range(5)))|list(reversed(range(0, 10, 3)))|list(reversed(range(10, 0, -3)))|list(reversed(range(0)))|next(reversed(range(big)))|next(iter(range(big, big + 5)))|list(range(big, big + 3))|list(range(big, big - 3, -1))|sum(range(2**46, 2**46 + 5))|list(range(2**47 - 2, 2**47 + 2))|list(range(-2**47 + 1, -2**47 - 2, -1))|min(range(5)), max(range(5))
iter(range(3)).__length_hint__()|type(iter(range(3))).__name__|range.__name__|repr(range(True))|range(True, False)|list(range(3)) + [*range(2)]|range(3) + range(3)|range(3) * 2|[1, 2, 3, 4, 5][slice(1, None, 2)]
slice(5)|slice(1, 5)|slice(1, 5, 2)|slice(None)|slice()|slice(1, 2, 3, 4)|slice('a', 'b')|slice(1, 5).start|slice(1, 5).stop|slice(1, 5).step|slice(5).start|slice(1, 5).indices(3)|slice(None, None, -1).indices(5)|slice(-3, None).indices(5)|slice(None, None, 0).indices(5)|slice(1, 2).indices(-1)|slice(1, 2).indices('a')|slice('a').indices(3)|slice(big, -big, -1).indices(big * 2)|slice(None, big).indices(7)|slice(I(), 9).indices(5)
slice(1, 2) == slice(1, 2)|slice(1, 2) == slice(1, 2, None)|slice(1, 2) < slice(1, 3)|slice(1, 2) <= slice(1, 2)|slice(1, 2) > (1, 2)|slice(1) == 1|hash(slice(1, 2)) == hash(slice(1, 2))|hash(slice([], 2))|{slice(1, 2): 3}[slice(1, 2)]|slice(1, 2).__reduce__()|[1, 2, 3]['a':]|'abc'[1.5:]|(1, 2, 3)[::0]|[0, 1, 2, 3][big:]|[0, 1, 2, 3][-big:big:2]|'hello'[::-2]|b'hello'[I():]""".replace("\n", "|").split("|"):
    t(text)

# The iterator ends once and stays ended.
it = iter(range(2))
print(next(it), next(it), next(it, "end"), next(it, "end"), list(it))
r = range(3)
print([(a, b) for a in r for b in r])
total = 0
for i in range(10, 0, -2):
    total += i
    i = 100
print(total, i)
