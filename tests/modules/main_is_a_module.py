# args: one two
"""`__main__`, `__name__`, `sys.argv`, the guard."""

import sys
import __main__

x = 5
print(__name__, __main__.x, __main__.__dict__ is globals(), sys.modules["__main__"] is __main__)
print(sys.argv[0].rpartition("/")[2], sys.argv[1:], __file__ == sys.argv[0])
if __name__ == "__main__":
    print("guarded")
import helper_part

print(helper_part.__name__)
print(__spec__, __package__, __builtins__.__name__, __annotations__ if "__annotations__" in globals() else "none")
