# how: -c
größe = 3
print(größe)
größe.länge
