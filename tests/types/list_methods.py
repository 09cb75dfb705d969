"""Everything a list can do."""

a = [3, 1, 2]
a.append(4)
a.extend((5, 6))
a.insert(0, 0)
a.insert(-1, "x")
a.insert(100, "end")
print(a, len(a))
a.remove("x")
print(a.pop(), a.pop(0), a.pop(-2), a)
a.sort()
print(a, a.index(3), a.count(1), 2 in a, 9 in a)
a.reverse()
print(a, a[::-1], a[:2], a[-2:], a[5:], a[::2])
b = a.copy()
b.clear()
print(a, b, a == [6, 4, 3, 2, 1], a is a.copy())
words = ["bb", "a", "ccc"]
words.sort(key=len, reverse=True)
print(words, sorted(words), sorted(words, key=lambda w: w[-1]), sorted("hello"))
print([1] + [2], [0] * 3, 2 * [1, 2], [1] * 0, [[0] * 2] * 2)
print(min(a), max(a), sum(a), any(a), all(a), list("ab"), list((1, 2)), list({1: 2}), list(range(3)), list())
print([1, 2] < [1, 3], [1] < [1, 2], [] < [1], [1, "a"] == [1, "a"], [1] != [2])
print(repr([1, "a", None, [2.0]]), str([]), [[]], bool([]), bool([0]))
stable = [(1, "b"), (0, "z"), (1, "a"), (0, "y")]
print(sorted(stable, key=lambda p: p[0]), sorted(stable, key=lambda p: p[0], reverse=True))
for bad in ("a.remove(99)", "[].pop()", "a.pop(99)", "a.index(99)", "a[99]", "a['x']", "a + (1,)", "a + 1", "a * 1.5", "a.sort(1)",
            "[1, 'a'].sort()", "hash([])", "a.insert(1)", "[] < 1", "a.append()", "list(5)", "sorted([1, None])", "a.extend(5)"):
    try:
        eval(bad)
    except Exception as error:
        print(type(error).__name__, error)
