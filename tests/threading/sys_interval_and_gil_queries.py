"""sys.setswitchinterval, getswitchinterval."""

import sys

print(sys.getswitchinterval())
sys.setswitchinterval(0.001)
print(sys.getswitchinterval())
for bad in (0, -1, "x"):
    try:
        sys.setswitchinterval(bad)
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
sys.setswitchinterval(1e-6)
print(round(sys.getswitchinterval(), 7), isinstance(sys._is_gil_enabled(), bool))
