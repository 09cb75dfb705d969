"""SystemExit with None, bool, list."""

import sys

for value in (None, True, 0, 2, "x", [1], (1, 2)):
    try:
        sys.exit(value)
    except SystemExit as error:
        print(repr(error), error.code, error.args)
raise SystemExit([1, 2])
