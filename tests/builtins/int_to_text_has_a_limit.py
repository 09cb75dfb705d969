"""Very long decimal texts are refused, as in CPython."""

import sys

print(sys.get_int_max_str_digits())
for bad in ("str(10**5000)", "int('1' * 5000)", "f'{10**5000}'", "print(10**5000)", "'%d' % 10**5000"):
    try:
        eval(bad)
    except ValueError as error:
        print(error)
print(len(hex(10**5000)), len(bin(10**5000)) > 5000, len(str(10**4000)), int("1" * 4300) % 7)
sys.set_int_max_str_digits(0)
print(len(str(10**5000)))
sys.set_int_max_str_digits(1000)
try:
    str(10**2000)
except ValueError as error:
    print(error)
