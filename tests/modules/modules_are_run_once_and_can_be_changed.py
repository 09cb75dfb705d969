"""sys.modules, re-import, module attributes, `__getattr__` of a module."""

import sys
import once_part
import once_part

exec("import once_part")
print(once_part.count)
del sys.modules["once_part"]
import once_part as second

print(second is once_part, second.count)
print(once_part.dynamic_name, hasattr(once_part, "other"))
sys.modules["made_up"] = second
import made_up

print(made_up is second)
once_part.new = 5
print(once_part.new, "new" in vars(once_part))
del once_part.new
try:
    once_part.new
except AttributeError as error:
    print(error)
module = type(sys)("fresh", "its doc")
module.x = 1
print(module.__name__, module.__doc__, module.x, repr(module))
sys.modules["fresh"] = module
from fresh import x

print(x)
