# how: -c
import sys
sys.exit(42)
