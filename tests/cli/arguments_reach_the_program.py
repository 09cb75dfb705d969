# args: --flag -x value --gil off -- last
import sys
print(sys.argv[1:])
