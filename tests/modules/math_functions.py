"""math."""

import math

print(math.pi, math.e, math.tau, math.inf, math.nan)
print(math.sqrt(2), math.sqrt(16), math.isqrt(99), round(math.cbrt(27), 12), math.hypot(3, 4), math.dist((0, 0), (3, 4)))
print(math.sin(1), math.cos(1), math.tan(1), math.asin(0.5), math.acos(0.5), math.atan(1), math.atan2(1, -1))
print(math.sinh(1), math.cosh(1), math.tanh(0.5), math.exp(1), math.expm1(1e-5), math.log(10), math.log(8, 2), math.log2(8), math.log10(1000), math.log1p(1e-5))
print(math.floor(2.7), math.ceil(2.1), math.floor(-2.7), math.ceil(-2.1), math.trunc(-2.7), math.fabs(-3), math.floor(10**20), math.ceil(1e20))
print(math.gcd(12, 18), math.gcd(), math.gcd(0, 5), math.lcm(4, 6), math.factorial(20), math.factorial(30), math.comb(10, 3), math.perm(5, 2), math.perm(4))
print(math.fmod(-7, 3), math.modf(3.25), math.frexp(8.0), math.ldexp(0.5, 4), math.copysign(1, -0.0), math.remainder(7, 4), math.fsum([0.1] * 10), math.prod([1, 2, 3, 4]), math.prod([], start=5))
print(math.isnan(math.nan), math.isinf(-math.inf), math.isfinite(1.0), math.isclose(0.1 + 0.2, 0.3), math.isclose(1, 1.1, rel_tol=0.2), math.degrees(math.pi), math.radians(180), math.gamma(5), math.lgamma(10), math.erf(0.5), math.nextafter(1.0, 2), math.ulp(1.0))
print(math.log(10**400), math.log2(2**500), math.sumprod([1, 2], [3, 4]), math.fma(2, 3, 4), math.pow(2, 0.5), math.pow(0, 0), math.exp2(3))
for bad in ("math.sqrt(-1)", "math.log(0)", "math.log(-1)", "math.factorial(-1)", "math.factorial(1.5)", "math.acos(2)", "math.exp(1000)", "math.floor(math.inf)", "math.floor(math.nan)", "math.sqrt('x')", "math.gcd(1.5)", "math.isqrt(-1)", "math.pow(0, -1)", "math.fmod(1, 0)", "math.comb(-1, 2)", "math.sqrt()", "math.dist((1,), (1, 2))"):
    try:
        print(eval(bad))
    except Exception as error:
        print(type(error).__name__, error)
