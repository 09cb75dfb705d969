"""Method calls: bound, stored, class and static methods, and calls along a chain."""


class Stack:
    def __init__(self):
        self.items = []
        self.pushed = 0

    def push(self, item):
        self.items.append(item)
        self.pushed += 1
        return self

    def pop(self):
        return self.items.pop()

    def depth(self):
        return len(self.items)

    @staticmethod
    def mix(a, b):
        return a * 31 + b & 0xFFFFFF

    @classmethod
    def label(cls):
        return 1


def main():
    stack = Stack()
    total = 0
    push = stack.push
    for i in range(1400000):
        stack.push(i).push(i + 1)
        push(i)
        total = Stack.mix(total, stack.pop() + stack.pop() + stack.pop())
        total += stack.depth() + stack.label()
    print("checksum", total, stack.pushed)


main()
