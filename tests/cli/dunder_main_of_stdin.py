# how: -
import sys, __main__
print(__main__.__name__, hasattr(__main__, "__file__"), sys.argv)
x = 1; print(__main__.x)
