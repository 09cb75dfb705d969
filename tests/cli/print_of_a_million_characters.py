print("x" * 1000000 == "x" * 999999 + "x")
for i in range(2000):
    print(i, end=" ")
print()
