"""Kernels for estimates of densities: `statistics.kde` and `statistics.kde_random`."""

from bisect import bisect_left, bisect_right
from math import acos, asin, atan, cos, cosh, erfc, exp, log, pi, sin, sqrt, sumprod, tan, tau
from statistics import NormalDist, StatisticsError

_ROOT_OF_TAU = sqrt(tau)


def _inverse(guess, cdf, pdf):
    """The inverse of a distribution function by Newton's method."""
    def invcdf(p):
        x = guess(p)
        while abs(difference := cdf(x) - p) > 1e-12:
            x -= difference / pdf(x)
        return x
    return invcdf


def _guess(power):
    """About where a share of a bell-shaped kernel between -1 and 1 lies."""
    def guess(p):
        return (2.0 * p) ** power - 1.0 if p <= 0.5 else 1.0 - (2.0 * (1.0 - p)) ** power
    return guess


def _quartic_pdf(t):
    return 15 / 16 * (1.0 - t * t) ** 2


def _quartic_cdf(t):
    return sumprod((3 / 16, -5 / 8, 15 / 16, 1 / 2), (t ** 5, t ** 3, t, 1.0))


def _triweight_pdf(t):
    return 35 / 32 * (1.0 - t * t) ** 3


def _triweight_cdf(t):
    return sumprod((-5 / 32, 21 / 32, -35 / 32, 35 / 32, 1 / 2), (t ** 7, t ** 5, t ** 3, t, 1.0))


# Density, distribution, its inverse, and how far from the center the density is above 0 (None: everywhere).
_KERNELS = {
    "normal": (lambda t: exp(-1 / 2 * t * t) / _ROOT_OF_TAU, lambda t: 1 / 2 * erfc(-t / sqrt(2.0)), NormalDist().inv_cdf,
               None),
    "logistic": (lambda t: 1 / 2 / (1.0 + cosh(t)), lambda t: 1.0 - 1.0 / (exp(t) + 1.0), lambda p: log(p / (1.0 - p)), None),
    "sigmoid": (lambda t: 1 / pi / cosh(t), lambda t: 2 / pi * atan(exp(t)), lambda p: log(tan(p * pi / 2)), None),
    "rectangular": (lambda t: 1 / 2, lambda t: 1 / 2 * t + 1 / 2, lambda p: 2.0 * p - 1.0, 1.0),
    "triangular": (lambda t: 1.0 - abs(t), lambda t: t * t * (1 / 2 if t < 0.0 else -1 / 2) + t + 1 / 2,
                   lambda p: sqrt(2.0 * p) - 1.0 if p < 1 / 2 else 1.0 - sqrt(2.0 - 2.0 * p), 1.0),
    "parabolic": (lambda t: 3 / 4 * (1.0 - t * t), lambda t: sumprod((-1 / 4, 3 / 4, 1 / 2), (t ** 3, t, 1.0)),
                  lambda p: 2.0 * cos((acos(2.0 * p - 1.0) + pi) / 3.0), 1.0),
    "quartic": (_quartic_pdf, _quartic_cdf, _inverse(_guess(0.4258865685331), _quartic_cdf, _quartic_pdf), 1.0),
    "triweight": (_triweight_pdf, _triweight_cdf, _inverse(_guess(0.3400218741872791), _triweight_cdf, _triweight_pdf), 1.0),
    "cosine": (lambda t: pi / 4 * cos(pi / 2 * t), lambda t: 1 / 2 * sin(pi / 2 * t) + 1 / 2,
               lambda p: 2.0 * asin(2.0 * p - 1.0) / pi, 1.0),
}
_ALIASES = {"gauss": "normal", "uniform": "rectangular", "epanechnikov": "parabolic", "biweight": "quartic"}


def _kernel(data, h, name):
    if not len(data):
        raise StatisticsError("Empty data sequence")
    if not isinstance(data[0], (int, float)):
        raise TypeError("Data sequence must contain ints or floats")
    if h <= 0.0:
        raise StatisticsError(f"Bandwidth h must be positive, not {h=!r}")
    found = _KERNELS.get(_ALIASES.get(name, name))
    if found is None:
        raise StatisticsError(f"Unknown kernel name: {name!r}")
    return found


def estimate(data, h, kernel, cumulative):
    """The function that `statistics.kde` makes."""
    pdf, cdf, _, support = _kernel(data, h, kernel)
    if support is None:
        def density(x):
            return sum(pdf((x - point) / h) for point in data) / (len(data) * h)

        def distribution(x):
            return sum(cdf((x - point) / h) for point in data) / len(data)
    else:
        sample, reach = sorted(data), h * support

        def near(x):
            """The points that count for x, and how many lie before them."""
            nonlocal sample
            if len(data) != len(sample):
                sample = sorted(data)
            start = bisect_left(sample, x - reach)
            return sample[start:bisect_right(sample, x + reach)], start

        def density(x):
            return sum(pdf((x - point) / h) for point in near(x)[0]) / (len(data) * h)

        def distribution(x):
            points, before = near(x)
            return sum((cdf((x - point) / h) for point in points), before) / len(data)
    made = distribution if cumulative else density
    made.__doc__ = f"{'CDF' if cumulative else 'PDF'} estimate with {h=!r} and {kernel=!r}"
    return made


def selection(data, h, kernel, seed):
    """The function that `statistics.kde_random` makes."""
    from random import Random
    invcdf = _kernel(data, h, kernel)[2]
    generator = Random(seed)

    def rand():
        return generator.choice(data) + h * invcdf(generator.random())
    rand.__doc__ = f"Random KDE selection with {h=!r} and {kernel=!r}"
    return rand
