"""`sys.exit("text")` prints to standard error and exits with 1."""

import sys

try:
    sys.exit("goodbye")
finally:
    print("cleanup")
