"""A module in the program's folder beside the built-in ones: the built-in ones that are frozen win."""

import sys
import time
import helper_part

print(time.__name__, callable(time.sleep), helper_part.value)
print(sorted(name for name in ("sys", "time", "helper_part", "__main__", "builtins") if name in sys.modules))
