"""import, import as, from, from as, star, dotted."""

import helper_part
import helper_part as h
from helper_part import value, function as f
from helper_part import *
import package_part.inner
import package_part.inner as inner
from package_part import inner as again
from package_part.inner import deep

print(helper_part is h, value, f(2), helper_part.__name__, helper_part.__doc__)
print(package_part.inner is inner is again, deep, package_part.__name__, inner.__name__, inner.__package__)
print(function(3), "_hidden" in globals(), "visible" in globals())
helper_part.value = 99
from helper_part import value as changed

print(value, changed)
for bad in ("import nothing_here", "from helper_part import nothing", "import helper_part.sub", "from package_part import nope", "import package_part.nope"):
    try:
        exec(bad)
    except ImportError as error:
        print(type(error).__name__, str(error).replace(error.path or "\0", "PATH"))
import sys

print("helper_part" in sys.modules, sys.modules["helper_part"] is helper_part, sys.path[0] == __file__.rpartition("/")[0])
print(type(helper_part).__name__, repr(helper_part).startswith("<module 'helper_part' from '"), helper_part.__file__.rpartition("/")[2])
