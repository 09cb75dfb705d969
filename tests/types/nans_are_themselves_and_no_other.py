# A NaN is equal to nothing; containers find it by its identity.
import math

nan, other = float("nan"), float("nan")
print(nan == nan, nan != nan, nan is nan, nan is other, nan < nan, nan >= nan)
print(nan in [nan], other in [nan], float("nan") in [nan, 1.0], nan in (other, nan), nan in {nan}, other in {nan})
print([nan] == [nan], [nan] == [other], (1, nan) == (1, nan), (1, nan) == (1, other), {nan: 1} == {nan: 1}, {1: nan} == {1: other})
print([1, nan, other].index(nan), [nan, other, nan].count(nan), [other, nan].index(nan))
print(len({nan, other}), len({nan, nan}), len({nan: 1, other: 2, nan: 3}), {nan: "a", other: "b"}[other])
try:
    [nan].remove(other)
except ValueError as error:
    print(error)
items = [other, nan]
items.remove(nan)
print(items[0] is other, float(nan) is nan, hash(nan) == hash(nan))
print(repr(nan), repr(-nan), nan + 1, math.isnan(nan * 0), math.nan in [math.nan], float("-nan"), float("NAN"))
print(sorted([3.0, 1.0]), max(nan, 1.0), max(1.0, nan), min(nan, 1.0), nan in [1, 2], nan.hex(), str(nan), f"{nan:.2f}")
print({nan}.union({nan}) == {nan}, {nan} & {other}, frozenset([nan]) == frozenset([nan]), nan in range(3))
