"""Standard output is flushed before the traceback."""
import sys
print("first", end="")
sys.stdout.write("second")
print("err", file=sys.stderr)
raise SystemExit("last")
