"""A module that raises while it is imported, caught and not."""

try:
    import raising_part
except ValueError as error:
    print("caught", error)
import sys

print("raising_part" in sys.modules)
import raising_part
