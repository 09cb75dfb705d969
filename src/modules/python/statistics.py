"""Averages, spread and relations of data: exact where numbers can be, since sums are kept as fractions."""

import math
from bisect import bisect_left, bisect_right
from math import erfc, exp, fabs, fsum, hypot, isfinite, isinf, isnan as _isnan, log, sqrt, sumprod, tau

__all__ = ["NormalDist", "StatisticsError", "correlation", "covariance", "fmean", "geometric_mean", "harmonic_mean",
           "kde", "kde_random", "linear_regression", "mean", "median", "median_grouped", "median_high", "median_low",
           "mode", "multimode", "pstdev", "pvariance", "quantiles", "stdev", "variance"]

_SQRT2 = sqrt(2.0)


class StatisticsError(ValueError):
    pass


# ---- exact sums

def _ratio(x):
    """The numerator and the denominator of a number; what is not finite has the denominator None."""
    try:
        return x.as_integer_ratio()
    except AttributeError:
        pass
    except (OverflowError, ValueError):
        return x, None
    try:
        return x.numerator, x.denominator
    except AttributeError:
        raise TypeError(f"can't convert type '{type(x).__name__}' to numerator/denominator") from None


class _Exact:
    """A sum of numbers as a fraction, or a float if one of them was not finite; the type that it should have."""

    def __init__(self, data=()):
        self.by_denominator, self.count, self.kind = {}, 0, int
        for x in data:
            self.add(x)

    def add(self, x):
        """Adds a number; its numerator and denominator."""
        self.kind = _common_type(self.kind, type(x))
        n, d = _ratio(x)
        self.count += 1
        self.by_denominator[d] = self.by_denominator.get(d, 0) + n
        return n, d

    def total(self):
        """(numerator, denominator)"""
        if None in self.by_denominator:
            return self.by_denominator[None], None
        return _sum_of_ratios(self.by_denominator.items())


def _sum_of_ratios(pairs):
    """The sum of (denominator, numerator)s in lowest terms."""
    numerator, denominator = 0, 1
    for d, n in pairs:
        numerator, denominator = numerator * d + n * denominator, denominator * d
        shared = math.gcd(numerator, denominator)
        numerator, denominator = numerator // shared, denominator // shared
    return numerator, denominator


def _common_type(a, b):
    if a is b:
        return a
    if b is int or b is bool:
        return a
    if a is int or issubclass(b, a):
        return b
    if issubclass(a, int):
        return b
    if issubclass(b, int) or issubclass(a, b):
        return a
    if issubclass(a, float) or issubclass(b, float):
        return a if issubclass(a, float) else b
    raise TypeError(f"don't know how to coerce {a.__name__} and {b.__name__}")


def _divided(ratio, n, d=1):
    """A ratio divided by n / d."""
    if ratio[1] is None:
        return ratio[0] * d / n, None
    return ratio[0] * d, ratio[1] * n


def _converted(ratio, kind):
    """A ratio as a number of a type; of integers as an int if it is one."""
    n, d = ratio
    if d is None:
        return n if type(n) is kind else kind(n) if issubclass(kind, float) else n
    if issubclass(kind, int):
        if n % d == 0:
            return kind(n // d)
        kind = float
    try:
        return kind(n / d)
    except TypeError:
        return kind(n) / kind(d)


def _squares(data, center=None):
    """The sum of the squared deviations from the center (from the mean, if there is none) as a ratio, the center, the
    number of data points, and their type."""
    if center is not None:
        found = _Exact((difference := x - center) * difference for x in data)
        return found.total(), center, found.count, found.kind
    found, squares = _Exact(), {}
    for x in data:
        n, d = found.add(x)
        if d is not None:
            squares[d * d] = squares.get(d * d, 0) + n * n
    n, d = total = found.total()
    if not found.count:
        return (0, 1), 0, 0, int
    if d is None:
        return total, n, found.count, found.kind
    square_n, square_d = _sum_of_ratios(squares.items())
    count = found.count
    # (count * squares - total ** 2) / count
    numerator, denominator = count * square_n * d * d - n * n * square_d, square_d * d * d * count
    return (numerator, denominator), (n, d * count), count, found.kind


def _root_rounded_once(n, m):
    """The square root of n / m as a float."""
    shift = (n.bit_length() - m.bit_length() - 109) // 2

    def root(n, m):
        whole = math.isqrt(n // m)
        # The last bit says that something was cut off, so that the division rounds the right way.
        return whole | (whole * whole * m != n)
    if shift >= 0:
        return float(root(n, m << 2 * shift) << shift)
    return root(n << -2 * shift, m) / (1 << -shift)


def _root(ratio, kind):
    if ratio[1] is None:
        raise ValueError("inf or nan encountered in data")
    return _root_rounded_once(*ratio)


# ---- averages

def mean(data):
    """Return the sample arithmetic mean of data."""
    found = _Exact(data)
    if found.count < 1:
        raise StatisticsError("mean requires at least one data point")
    return _converted(_divided(found.total(), found.count), found.kind)


def fmean(data, weights=None):
    """Convert data to floats and compute the arithmetic mean."""
    if weights is None:
        data = data if hasattr(data, "__len__") else list(data)
        total = fsum(data)
        if not len(data):
            raise StatisticsError("fmean requires at least one data point")
        return total / len(data)
    weights = weights if isinstance(weights, (list, tuple)) else list(weights)
    try:
        weighted = sumprod(data, weights)
    except ValueError:
        raise StatisticsError("data and weights must be the same length") from None
    total = fsum(weights)
    if not total:
        raise StatisticsError("sum of weights must be non-zero")
    return weighted / total


def geometric_mean(data):
    """Convert data to floats and compute the geometric mean."""
    count, found_zero = 0, False

    def positive():
        nonlocal count, found_zero
        for count, x in enumerate(data, start=1):
            if x > 0.0 or _isnan(x):
                yield x
            elif x == 0.0:
                found_zero = True
            else:
                raise StatisticsError("No negative inputs allowed", x)
    total = fsum(map(log, positive()))
    if not count:
        raise StatisticsError("Must have a non-empty dataset")
    if _isnan(total):
        return math.nan
    if found_zero:
        return math.nan if total == math.inf else 0.0
    return exp(total / count)


def _not_negative(values):
    for x in values:
        if x < 0:
            raise StatisticsError("harmonic mean does not support negative values")
        yield x


def harmonic_mean(data, weights=None):
    """Return the harmonic mean of data."""
    data = list(data) if iter(data) is data else data
    count = len(data)
    if count < 1:
        raise StatisticsError("harmonic_mean requires at least one data point")
    if count == 1 and weights is None:
        if not isinstance(data[0], (int, float, complex)):
            raise TypeError("unsupported type")
        return next(_not_negative(data))
    if weights is None:
        weights, total_weight = [1] * count, (count, 1)
    else:
        weights = list(weights) if iter(weights) is weights else weights
        if len(weights) != count:
            raise StatisticsError("Number of weights does not match data size")
        total_weight = _Exact(_not_negative(weights)).total()
    try:
        found = _Exact(w / x if w else 0 for w, x in zip(weights, _not_negative(data)))
    except ZeroDivisionError:
        return 0
    n, d = found.total()
    if n <= 0:
        raise StatisticsError("Weighted sum must be positive")
    if d is None or total_weight[1] is None:
        weight = total_weight[0] if total_weight[1] is None else total_weight[0] / total_weight[1]
        return weight / (n if d is None else n / d)
    return _converted(_divided(total_weight, n, d), found.kind)


def _sorted_data(data):
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    return data


def median(data):
    """Return the median (middle value) of numeric data."""
    data = _sorted_data(data)
    middle = len(data) // 2
    return data[middle] if len(data) % 2 else (data[middle - 1] + data[middle]) / 2


def median_low(data):
    """Return the low median of numeric data."""
    data = _sorted_data(data)
    return data[(len(data) - 1) // 2]


def median_high(data):
    """Return the high median of data."""
    data = _sorted_data(data)
    return data[len(data) // 2]


def median_grouped(data, interval=1.0):
    """Estimates the median for numeric data binned around the midpoints of consecutive, fixed-width intervals."""
    data = _sorted_data(data)
    middle = data[len(data) // 2]
    start = bisect_left(data, middle)
    end = bisect_right(data, middle, lo=start)
    try:
        interval, middle = float(interval), float(middle)
    except ValueError:
        raise TypeError("Value cannot be converted to a float") from None
    return middle - interval / 2.0 + interval * (len(data) / 2 - start) / (end - start)


def _counts(data):
    counts = {}
    for x in data:
        counts[x] = counts.get(x, 0) + 1
    return counts


def mode(data):
    """Return the most common data point from discrete or nominal data."""
    counts = _counts(data)
    if not counts:
        raise StatisticsError("no mode for empty data")
    return max(counts, key=counts.get)


def multimode(data):
    """Return a list of the most frequently occurring values."""
    counts = _counts(data)
    most = max(counts.values(), default=0)
    return [x for x, count in counts.items() if count == most]


def quantiles(data, *, n=4, method="exclusive"):
    """Divide data into n continuous intervals with equal probability; the n - 1 cut points between them."""
    if n < 1:
        raise StatisticsError("n must be at least 1")
    data = sorted(data)
    count = len(data)
    if count < 2:
        if count == 1:
            return data * (n - 1)
        raise StatisticsError("must have at least one data point")
    if method not in ("inclusive", "exclusive"):
        raise ValueError(f"Unknown method: {method!r}")
    found = []
    for i in range(1, n):
        if method == "inclusive":
            at, delta = divmod(i * (count - 1), n)
        else:
            at = min(max(i * (count + 1) // n, 1), count - 1) - 1
            delta = i * (count + 1) - (at + 1) * n
        found.append((data[at] * (n - delta) + data[at + 1] * delta) / n)
    return found


# ---- spread

def variance(data, xbar=None):
    """Return the sample variance of data."""
    squares, _, count, kind = _squares(data, xbar)
    if count < 2:
        raise StatisticsError("variance requires at least two data points")
    return _converted(_divided(squares, count - 1), kind)


def pvariance(data, mu=None):
    """Return the population variance of data."""
    squares, _, count, kind = _squares(data, mu)
    if count < 1:
        raise StatisticsError("pvariance requires at least one data point")
    return _converted(_divided(squares, count), kind)


def stdev(data, xbar=None):
    """Return the square root of the sample variance."""
    squares, _, count, kind = _squares(data, xbar)
    if count < 2:
        raise StatisticsError("stdev requires at least two data points")
    return _root(_divided(squares, count - 1), kind)


def pstdev(data, mu=None):
    """Return the square root of the population variance."""
    squares, _, count, kind = _squares(data, mu)
    if count < 1:
        raise StatisticsError("pstdev requires at least one data point")
    return _root(_divided(squares, count), kind)


# ---- two variables

def _check_pairs(x, y, what):
    if len(x) != len(y):
        raise StatisticsError(f"{what} requires that both inputs have same number of data points")
    if len(x) < 2:
        raise StatisticsError(f"{what} requires at least two data points")
    return len(x)


def covariance(x, y, /):
    """Return the sample covariance of two inputs."""
    n = _check_pairs(x, y, "covariance")
    xbar, ybar = fsum(x) / n, fsum(y) / n
    return sumprod((xi - xbar for xi in x), (yi - ybar for yi in y)) / (n - 1)


def _ranks(data, start):
    """The rank of each value; equal ones share the average of theirs."""
    order, ranks, at = sorted(range(len(data)), key=data.__getitem__), [0] * len(data), 0
    while at < len(order):
        end = at + 1
        while end < len(order) and data[order[end]] == data[order[at]]:
            end += 1
        for place in order[at:end]:
            ranks[place] = start + at - 1 + (end - at + 1) / 2
        at = end
    return ranks


def _root_of_product(x, y):
    """sqrt(x * y) without overflow or loss of digits."""
    root = sqrt(x * y)
    if not isfinite(root):
        if isinf(root) and not isinf(x) and not isinf(y):
            return _root_of_product(2.0 ** -512 * x, 2.0 ** -512 * y) / 2.0 ** -512
        return root
    if not root:
        return _root_of_product(2.0 ** 537 * x, 2.0 ** 537 * y) / 2.0 ** 537 if x and y else root
    return root + sumprod((x, root), (y, -root)) / (2.0 * root)


def correlation(x, y, /, *, method="linear"):
    """Pearson's correlation coefficient, or Spearman's of the ranks (method="ranked")."""
    n = _check_pairs(x, y, "correlation")
    if method not in ("linear", "ranked"):
        raise ValueError(f"Unknown method: {method!r}")
    if method == "ranked":
        x, y = _ranks(x, (n - 1) / -2), _ranks(y, (n - 1) / -2)
    else:
        xbar, ybar = fsum(x) / n, fsum(y) / n
        x, y = [xi - xbar for xi in x], [yi - ybar for yi in y]
    try:
        return sumprod(x, y) / _root_of_product(sumprod(x, x), sumprod(y, y))
    except ZeroDivisionError:
        raise StatisticsError("at least one of the inputs is constant") from None


def linear_regression(x, y, /, *, proportional=False):
    """Slope and intercept for simple linear regression."""
    n = _check_pairs(x, y, "linear regression")
    if not proportional:
        xbar, ybar = fsum(x) / n, fsum(y) / n
        x, y = [xi - xbar for xi in x], (yi - ybar for yi in y)
    try:
        slope = (sumprod(x, y) + 0.0) / sumprod(x, x)
    except ZeroDivisionError:
        raise StatisticsError("x is constant") from None
    return _line_class()(slope=slope, intercept=0.0 if proportional else ybar - slope * xbar)


def _line_class():
    global LinearRegression
    if "LinearRegression" not in globals():
        from collections import namedtuple
        LinearRegression = namedtuple("LinearRegression", ("slope", "intercept"))
    return LinearRegression


def __getattr__(name):
    if name == "LinearRegression":
        return _line_class()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


# ---- estimates of densities

def kde(data, h, kernel="normal", *, cumulative=False):
    """Kernel Density Estimation: a continuous probability density function (or cumulative distribution function) from
    discrete samples, smoothed by a kernel of bandwidth h."""
    from _kernels import estimate
    return estimate(data, h, kernel, cumulative)


def kde_random(data, h, kernel="normal", *, seed=None):
    """A function that makes a random selection from the estimated probability density function of kde(data, h, kernel)."""
    from _kernels import selection
    return selection(data, h, kernel, seed)


# ---- the normal distribution

# Wichura's algorithm AS 241: coefficients of the quotients of polynomials, the highest power first, for the middle, for
# the tails, and for the far tails.
_MIDDLE = ((2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4, 4.5921953931549871457e+4,
            1.3731693765509461125e+4, 1.9715909503065514427e+3, 1.3314166789178437745e+2, 3.3871328727963666080e+0),
           (5.2264952788528545610e+3, 2.8729085735721942674e+4, 3.9307895800092710610e+4, 2.1213794301586595867e+4,
            5.3941960214247511077e+3, 6.8718700749205790830e+2, 4.2313330701600911252e+1, 1.0))
_TAIL = ((7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e+0,
          3.64784832476320460504e+0, 5.76949722146069140550e+0, 4.63033784615654529590e+0, 1.42343711074968357734e+0),
         (1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
          6.89767334985100004550e-1, 1.67638483018380384940e+0, 2.05319162663775882187e+0, 1.0))
_FAR_TAIL = ((2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
              2.96560571828504891230e-1, 1.78482653991729133580e+0, 5.46378491116411436990e+0, 6.65790464350110377720e+0),
             (2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
              1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0))


def _polynomial(coefficients, x):
    found = 0.0
    for coefficient in coefficients:
        found = found * x + coefficient
    return found


def _inverse_normal(p, mu, sigma):
    """The x for which the share p of a normal distribution lies below it."""
    q = p - 0.5
    if fabs(q) <= 0.425:
        r = 0.180625 - q * q
        return mu + _polynomial(_MIDDLE[0], r) * q / _polynomial(_MIDDLE[1], r) * sigma
    r = sqrt(-log(p if q <= 0.0 else 1.0 - p))
    (above, below), r = (_TAIL, r - 1.6) if r <= 5.0 else (_FAR_TAIL, r - 5.0)
    x = _polynomial(above, r) / _polynomial(below, r)
    return mu + (-x if q < 0.0 else x) * sigma


class NormalDist:
    """Normal distribution of a random variable"""

    __slots__ = {"_mu": "Arithmetic mean of a normal distribution", "_sigma": "Standard deviation of a normal distribution"}

    def __init__(self, mu=0.0, sigma=1.0):
        """NormalDist where mu is the mean and sigma is the standard deviation."""
        if sigma < 0.0:
            raise StatisticsError("sigma must be non-negative")
        self._mu, self._sigma = float(mu), float(sigma)

    @classmethod
    def from_samples(cls, data):
        """Make a normal distribution instance from sample data."""
        squares, center, count, kind = _squares(data)
        if count < 2:
            raise StatisticsError("stdev requires at least two data points")
        deviation = _root(_divided(squares, count - 1), kind)
        return cls(center[0] / center[1], deviation)

    def samples(self, n, *, seed=None):
        """Generate n samples for a given mean and standard deviation."""
        import random
        chance = random.random if seed is None else random.Random(seed).random
        return [_inverse_normal(chance(), self._mu, self._sigma) for _ in range(n)]

    def _needs_spread(self, what):
        if not self._sigma:
            raise StatisticsError(f"{what}() not defined when sigma is zero")

    def pdf(self, x):
        """Probability density function.  P(x <= X < x+dx) / dx"""
        self._needs_spread("pdf")
        variance, difference = self._sigma * self._sigma, x - self._mu
        return exp(difference * difference / (-2.0 * variance)) / sqrt(tau * variance)

    def cdf(self, x):
        """Cumulative distribution function.  P(X <= x)"""
        self._needs_spread("cdf")
        return 0.5 * erfc((self._mu - x) / (self._sigma * _SQRT2))

    def inv_cdf(self, p):
        """Inverse cumulative distribution function.  x : P(X <= x) = p"""
        if p <= 0.0 or p >= 1.0:
            raise StatisticsError("p must be in the range 0.0 < p < 1.0")
        return _inverse_normal(p, self._mu, self._sigma)

    def quantiles(self, n=4):
        """Divide into n continuous intervals with equal probability."""
        return [self.inv_cdf(i / n) for i in range(1, n)]

    def overlap(self, other):
        """Compute the overlapping coefficient (OVL) between two normal distributions."""
        if not isinstance(other, NormalDist):
            raise TypeError("Expected another NormalDist instance")
        a, b = self, other
        if (b._sigma, b._mu) < (a._sigma, a._mu):
            a, b = b, a
        a_variance, b_variance = a.variance, b.variance
        a._needs_spread("overlap")
        difference, distance = b_variance - a_variance, fabs(b._mu - a._mu)
        if not difference:
            return erfc(distance / (2.0 * a._sigma * _SQRT2))
        center = a._mu * b_variance - b._mu * a_variance
        width = a._sigma * b._sigma * sqrt(distance * distance + difference * log(b_variance / a_variance))
        first, second = (center + width) / difference, (center - width) / difference
        return 1.0 - (fabs(b.cdf(first) - a.cdf(first)) + fabs(b.cdf(second) - a.cdf(second)))

    def zscore(self, x):
        """Compute the Standard Score.  (x - mean) / stdev"""
        self._needs_spread("zscore")
        return (x - self._mu) / self._sigma

    mean = property(lambda self: self._mu, doc="Arithmetic mean of the normal distribution.")
    median = property(lambda self: self._mu, doc="Return the median of the normal distribution")
    mode = property(lambda self: self._mu, doc="Return the mode of the normal distribution")
    stdev = property(lambda self: self._sigma, doc="Standard deviation of the normal distribution.")
    variance = property(lambda self: self._sigma * self._sigma, doc="Square of the standard deviation.")

    def __add__(x1, x2):
        """Add a constant or another NormalDist instance."""
        if isinstance(x2, NormalDist):
            return NormalDist(x1._mu + x2._mu, hypot(x1._sigma, x2._sigma))
        return NormalDist(x1._mu + x2, x1._sigma)

    def __sub__(x1, x2):
        """Subtract a constant or another NormalDist instance."""
        if isinstance(x2, NormalDist):
            return NormalDist(x1._mu - x2._mu, hypot(x1._sigma, x2._sigma))
        return NormalDist(x1._mu - x2, x1._sigma)

    def __mul__(x1, x2):
        """Multiply both mu and sigma by a constant."""
        return NormalDist(x1._mu * x2, x1._sigma * fabs(x2))

    def __truediv__(x1, x2):
        """Divide both mu and sigma by a constant."""
        return NormalDist(x1._mu / x2, x1._sigma / fabs(x2))

    def __pos__(x1):
        """Return a copy of the instance."""
        return NormalDist(x1._mu, x1._sigma)

    def __neg__(x1):
        """Negates mu while keeping sigma the same."""
        return NormalDist(-x1._mu, x1._sigma)

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(x1, x2):
        """Subtract a NormalDist from a constant or another NormalDist."""
        return -(x1 - x2)

    def __eq__(x1, x2):
        """Two NormalDist objects are equal if their mu and sigma are both equal."""
        if not isinstance(x2, NormalDist):
            return NotImplemented
        return x1._mu == x2._mu and x1._sigma == x2._sigma

    def __hash__(self):
        """NormalDist objects hash equal if their mu and sigma are both equal."""
        return hash((self._mu, self._sigma))

    def __repr__(self):
        return f"{type(self).__name__}(mu={self._mu!r}, sigma={self._sigma!r})"

    def __getstate__(self):
        return self._mu, self._sigma

    def __setstate__(self, state):
        self._mu, self._sigma = state
