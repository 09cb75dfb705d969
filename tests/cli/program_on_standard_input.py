# how: -
# args: a b
import sys
print(sys.argv, __name__)
for i in range(2):
    print(i)
