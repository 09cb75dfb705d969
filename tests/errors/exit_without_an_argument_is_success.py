"""`sys.exit()`, and `SystemExit` raised by hand."""

import sys

try:
    sys.exit()
except SystemExit as error:
    print("caught", error.code)
raise SystemExit
