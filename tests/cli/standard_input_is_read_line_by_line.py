# stdin: alpha
# stdin: beta
# stdin: gamma
import sys

print(repr(sys.stdin.readline()))
for line in sys.stdin:
    print(repr(line))
print(repr(sys.stdin.readline()), sys.stdin.isatty())
