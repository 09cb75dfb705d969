# how: -c
x = 1
y = (1,, 2)
