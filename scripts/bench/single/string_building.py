"""Building strings: `+=`, join, slices, characters one by one, `chr` and `ord`."""


def caesar(text, shift):
    out = []
    for ch in text:
        if "a" <= ch <= "z":
            out.append(chr((ord(ch) - 97 + shift) % 26 + 97))
        else:
            out.append(ch)
    return "".join(out)


def main():
    text = "the quick brown fox jumps over the lazy dog, "
    page = text * 40
    total = 0
    count = 0
    for shift in range(800):
        page = caesar(page, shift)
        total += ord(page[shift])
    line = ""
    for i in range(1500000):
        line += "ab"
        if len(line) > 2000:
            total += len(line)
            line = line[-10:]
    for _ in range(16):
        digits = []
        for i in range(100000):
            digits.append(str(i))
        joined = ",".join(digits)
        total += len(joined)
        for ch in joined[::-1]:
            if ch == "7":
                count += 1
    print("checksum", total, count)


main()
