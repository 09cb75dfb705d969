"""A small tokenizer and a recursive-descent calculator over its tokens."""

SOURCE = "alpha = 12 * (beta1 + 7) - foo(3, x_y) / 2.5 ; if (a <= b) { c = 'text' + d }"


def tokenize(text):
    tokens = []
    i = 0
    n = len(text)
    while i < n:
        ch = text[i]
        if ch in " \t\n":
            i += 1
        elif ch.isalpha() or ch == "_":
            start = i
            while i < n and (text[i].isalnum() or text[i] == "_"):
                i += 1
            tokens.append(("name", text[start:i]))
        elif ch.isdigit():
            start = i
            while i < n and (text[i].isdigit() or text[i] == "."):
                i += 1
            tokens.append(("number", text[start:i]))
        elif ch == "'":
            end = text.index("'", i + 1)
            tokens.append(("string", text[i + 1 : end]))
            i = end + 1
        elif text[i : i + 2] in ("<=", ">=", "=="):
            tokens.append(("operator", text[i : i + 2]))
            i += 2
        else:
            tokens.append(("operator", ch))
            i += 1
    return tokens


class Calculator:
    def __init__(self, tokens):
        self.tokens = tokens
        self.at = 0

    def peek(self):
        if self.at < len(self.tokens):
            return self.tokens[self.at][1]
        return ""

    def next(self):
        token = self.tokens[self.at]
        self.at += 1
        return token

    def sum(self):
        value = self.product()
        while self.peek() in ("+", "-"):
            _, op = self.next()
            other = self.product()
            value = value + other if op == "+" else value - other
        return value

    def product(self):
        value = self.atom()
        while self.peek() in ("*", "%"):
            _, op = self.next()
            other = self.atom()
            value = value * other if op == "*" else value % other
        return value

    def atom(self):
        kind, text = self.next()
        if kind == "number":
            return int(text)
        value = self.sum()
        self.next()
        return value


def main():
    total = 0
    for _ in range(24000):
        for kind, text in tokenize(SOURCE):
            total += len(kind) * len(text)
    formula = tokenize("1 + 2 * (3 + 4 * (5 - 1)) % 7 - (8 - 6) * 9 + 100")
    for _ in range(56000):
        total += Calculator(formula).sum()
    print("checksum", total)


main()
