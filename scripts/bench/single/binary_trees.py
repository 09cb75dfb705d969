"""Binary trees: many small objects made, walked and dropped."""


class Node:
    def __init__(self, left, right):
        self.left = left
        self.right = right

    def check(self):
        if self.left is None:
            return 1
        return 1 + self.left.check() + self.right.check()


def bottom_up(depth):
    if depth == 0:
        return Node(None, None)
    return Node(bottom_up(depth - 1), bottom_up(depth - 1))


def main():
    deepest = 15
    long_lived = bottom_up(deepest)
    total = 0
    for depth in range(4, deepest + 1, 3):
        rounds = 1 << deepest - depth + 3
        for _ in range(rounds):
            total += bottom_up(depth).check()
    print("checksum", total, long_lived.check())


main()
