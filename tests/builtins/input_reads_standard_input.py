# stdin: first line
# stdin: 42
# stdin:   spaces kept  
# stdin: last
"""`input` and `sys.stdin`."""

import sys

print(repr(input()))
print(int(input("number? ")) + 1)
print(repr(input("")))
rest = sys.stdin.read()
print(repr(rest))
try:
    input("more? ")
except EOFError as error:
    print(type(error).__name__, error)
print(repr(sys.stdin.readline()))
