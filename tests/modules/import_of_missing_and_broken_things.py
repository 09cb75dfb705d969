"""ImportError in all its forms."""

for statement in ("import missing_module", "import missing.sub", "from missing import x", "import helper_part.x", "from math import nope", "from sys import nope as y", "import math.sin", "from package_part import *", "from package_part.inner import nope", "from . import x", "from .helper_part import value", "import sys.path"):
    try:
        exec(statement)
        print(statement, "works")
    except ImportError as error:
        print(statement, "->", type(error).__name__, str(error).partition(" (/")[0], error.name)
try:
    __import__("")
except ValueError as error:
    print(error)
