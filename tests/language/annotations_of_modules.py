"""`__annotations__` and `__annotate__` of modules."""

import sys
import types

m = sys.modules['__main__']
x: int = 3
y: "str"
print("__annotations__" in globals(), m.__annotations__, "__annotations__" in globals(), m.__annotate__ is None)
m.__annotations__ = {'a': 1}
print(m.__annotations__, m.__annotate__ is None)
del m.__annotations__
print(m.__annotations__)
n = types.ModuleType('n')
print(n.__annotations__, n.__annotate__, vars(n).keys())
n.__annotations__['z'] = 1
print(n.__annotations__)
try: n.__annotate__ = 3
except TypeError as e: print(e)
n.__annotate__ = lambda f: {'q': f}
print(n.__annotations__)
try: del n.__annotate__
except TypeError as e: print(e)
del n.__annotations__
try:
    del n.__annotations__
    del n.__annotations__
except AttributeError as e: print(e)
print(sorted(set(dir(types.ModuleType)) - set(dir(object))))
try: __annotations__
except NameError as e: print(e)
