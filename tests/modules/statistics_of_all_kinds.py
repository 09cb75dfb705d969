"""statistics: exact averages and spread, order, relations, the normal distribution, densities, what is refused."""

import random
import statistics
from statistics import *


def tell(what, *args, **kwargs):
    try:
        print(what.__name__, args, kwargs or "", repr(what(*args, **kwargs)))
    except Exception as error:
        print(what.__name__, args, kwargs or "", type(error).__name__, error)


class Money(float):
    def __repr__(self):
        return f"Money({float(self)})"


class Count(int):
    def __repr__(self):
        return f"Count({int(self)})"


print(statistics.__all__, StatisticsError.__mro__[1])
nan, inf = float("nan"), float("inf")
for what in (mean, fmean, geometric_mean, harmonic_mean, median, median_low, median_high, median_grouped, mode, multimode, quantiles, stdev, pstdev, variance, pvariance):
    for data in ([], [1], [1, 2], [1.5, 2, 3], ["a"], [1, "a"], 5, [True, 2], [-1, 2], [0, 0], [nan, 1], [inf, 1], [10**30, 1], [0.1] * 3, [1j, 2], (2, 4, 4, 4, 5, 5, 7, 9), [3.5, 2, 2, 1e-300], range(1, 8)):
        tell(what, data)
    tell(what, iter([4, 2, 7]))
    tell(what, [Money(1), Money(2.5)])
    tell(what, [Count(1), Count(4)])
tell(mean, [1e16, 1.0, -1e16])
tell(mean, [10**20, 10**20 + 2, 10**20 + 4])
tell(variance, [10**20, 10**20 + 2, 10**20 + 4])
tell(mean, ["a", "b"])
tell(mode, ["red", "blue", "blue"])
tell(multimode, "aabbcd")
tell(median, ["b", "a", "c"])
tell(variance, [1, 2, 3], xbar=2)
tell(variance, [1, 2, 3], 2.5)
tell(pvariance, [1, 2, 3], mu=2)
tell(stdev, [1, 2, 3], 2)
tell(pstdev, [1.5, 2.5], mu=2.0)
tell(median_grouped, [1, 2, 2, 3, 4], interval=2)
tell(median_grouped, [52, 52, 53, 54], 1)
for arguments in (([1, 2], [1]), ([1, 2], [0, 0]), ([1, 2], [1, 3]), ([85, 92, 83, 91], [0.2, 0.2, 0.3, 0.3]), ([1, 2], iter([1, 2]))):
    tell(fmean, *arguments[:1], weights=list(arguments[1]) if not isinstance(arguments[1], list) else arguments[1])
for data, weights in (([1, 2], [1]), ([1, 2], [0, 0]), ([40, 60], [5, 30]), ([5], [-1]), ([1, 0], [1, 1]), ([2.5, 3, 10], [1, 2, 0])):
    tell(harmonic_mean, data, weights=weights)
for options in ({"n": 0}, {"n": 1}, {"n": 2}, {"n": 10}, {"method": "inclusive"}, {"method": "inclusive", "n": 7}, {"method": "other"}):
    tell(quantiles, [3, 1, 7, 5.5, 2], **options)
xs, ys = [1, 2, 3, 4, 5.5], [2, 4.5, 5, 9, 10]
for what in (covariance, correlation, linear_regression):
    tell(what, xs, ys)
    tell(what, [1], [2])
    tell(what, [1, 2], [2])
    tell(what, [1, 1], [2, 3])
    tell(what, [2, 3], [1, 1])
    tell(what, [1e200, 2e200, 3e200], [1e-200, 5e-200, 7e-200])
    tell(what, ["a", "b"], [1, 2])
tell(correlation, [1, 2, 2, 4], [5, 3, 3, 1], method="ranked")
tell(correlation, [1, 2, 3], [1, 4, 9], method="ranked")
tell(correlation, [1, 2, 3], [1, 4, 9], method="other")
tell(linear_regression, xs, ys, proportional=True)
line = linear_regression(xs, ys)
print(line.slope, line.intercept, line._fields, type(line).__name__)

# ---- random data: exact sums
random.seed(11)
total = 0
for round_ in range(60):
    data = [random.choice([random.randrange(-10**6, 10**6), random.uniform(-1, 1) * 10.0 ** random.randrange(-15, 15)]) for _ in range(random.randrange(2, 12))]
    other = [random.random() for _ in data]
    for value in (mean(data), fmean(data), variance(data), pvariance(data), stdev(data), pstdev(data), median(data), covariance(data, other), correlation(data, other), *linear_regression(data, other), *quantiles(data)):
        total = (total * 31 + hash(value)) % 1000000007
    if round_ % 15 == 0:
        print(mean(data), variance(data), stdev(data), correlation(data, other))
print(total)

# ---- the normal distribution
n = NormalDist(2, 3)
print(n, n.mean, n.median, n.mode, n.stdev, n.variance, n.pdf(1), round(n.cdf(1), 12), n.inv_cdf(0.3), n.quantiles(4), n.quantiles(), n.zscore(4), NormalDist(), NormalDist(sigma=5))
print(n + 1, n * 2, n - 1, n / 2, 1 + n, 2 * n, 3 - n, n + n, n - n, -n, +n, hash(n) == hash(NormalDist(2, 3)), n == NormalDist(2, 3), n == 5, n != NormalDist())
print(n.samples(3, seed=5), NormalDist.from_samples([1, 2, 3.5]), round(n.overlap(NormalDist(1, 2)), 12), round(n.overlap(NormalDist(4, 3)), 12), n.overlap(n))
print([NormalDist().inv_cdf(p) for p in (1e-300, 1e-17, 1e-9, 0.001, 0.0249, 0.0751, 0.2, 0.5, 0.9251, 0.99, 0.999999, 1 - 1e-12)])
for call in (lambda: n.inv_cdf(0), lambda: n.inv_cdf(1), lambda: NormalDist(1, 0).pdf(1), lambda: NormalDist(1, 0).cdf(1), lambda: NormalDist(1, 0).zscore(1), lambda: n.overlap(3), lambda: n.overlap(NormalDist(1, 0)),
             lambda: n + "a", lambda: n < 3, lambda: NormalDist.from_samples([1]), lambda: NormalDist(0, -1), lambda: NormalDist("x"), lambda: NormalDist("a", "b"), lambda: n.quantiles(0), lambda: setattr(n, "mean", 3)):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)

# ---- densities
for kernel in "normal gauss logistic sigmoid rectangular uniform triangular parabolic epanechnikov quartic biweight triweight cosine".split():
    density, distribution, chance = kde([1, 2, 4], 0.5, kernel), kde([1, 2, 4], 0.5, kernel, cumulative=True), kde_random([1, 2, 4], 0.5, kernel, seed=3)
    print(kernel, [round(density(x), 10) for x in (0.6, 1.7, 3)], [round(distribution(x), 10) for x in (0, 2.2, 9)], [round(chance(), 10) for _ in range(4)], density.__doc__, distribution.__doc__, chance.__doc__)
tell(kde, [], 1)
tell(kde, ["a"], 1)
tell(kde, [1], 0)
tell(kde, [1], 1, "other")
tell(kde_random, [], 1)
tell(kde_random, [1], -1)
tell(kde_random, [1], 1, "other")
tell(kde, 5, 1)
