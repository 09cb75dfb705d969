"""What two sequences have in common, differences of texts line by line, words that are nearly another.

The measure is that of Ratcliff and Obershelp: the longest common run, and the same on its left and on its right. For
unittest's messages and argparse's suggestions; there is no difflib.
"""

# In long sequences, what makes up more than a hundredth of one is no place to begin a match.
_LONG = 200
# Lines are compared with those that lie so near, and are one line changed if they are so alike.
_WINDOW = 10
_ALIKE = 0.74999


class Matcher:
    """The common runs of two sequences a and b; what is_junk says is junk begins none."""

    def __init__(self, a="", b="", is_junk=None):
        self._is_junk = is_junk
        self.set_b(b)
        self.a = a

    def set_b(self, b):
        self.b = b
        places = {}
        for at, item in enumerate(b):
            places.setdefault(item, []).append(at)
        self._junk = {item for item in places if self._is_junk(item)} if self._is_junk else set()
        for item in self._junk:
            del places[item]
        if len(b) >= _LONG:
            limit = len(b) // 100 + 1
            places = {item: found for item, found in places.items() if len(found) <= limit}
        self._places = places
        self._counts = None

    def _longest(self, a_from, a_to, b_from, b_to):
        """The longest common run in these parts, the first of equals: (start in a, start in b, length)."""
        a, b, junk = self.a, self.b, self._junk
        best_a, best_b, size = a_from, b_from, 0
        # For each place in b the length of the run that ends there and at the item of a before.
        runs = {}
        for i in range(a_from, a_to):
            longer = {}
            for j in self._places.get(a[i], ()):
                if j < b_from:
                    continue
                if j >= b_to:
                    break
                length = longer[j] = runs.get(j - 1, 0) + 1
                if length > size:
                    best_a, best_b, size = i - length + 1, j - length + 1, length
            runs = longer
        # It grows over what was left out: first over the frequent, then over junk.
        for wants_junk in (False, True):
            while best_a > a_from and best_b > b_from and (b[best_b - 1] in junk) == wants_junk and \
                    a[best_a - 1] == b[best_b - 1]:
                best_a, best_b, size = best_a - 1, best_b - 1, size + 1
            while best_a + size < a_to and best_b + size < b_to and (b[best_b + size] in junk) == wants_junk and \
                    a[best_a + size] == b[best_b + size]:
                size += 1
        return best_a, best_b, size

    def blocks(self):
        """All common runs in order, joined where they touch, and an empty one at the end."""
        parts = [(0, len(self.a), 0, len(self.b))]
        found = []
        while parts:
            a_from, a_to, b_from, b_to = parts.pop()
            i, j, size = self._longest(a_from, a_to, b_from, b_to)
            if size:
                found.append((i, j, size))
                if a_from < i and b_from < j:
                    parts.append((a_from, i, b_from, j))
                if i + size < a_to and j + size < b_to:
                    parts.append((i + size, a_to, j + size, b_to))
        joined = []
        for i, j, size in sorted(found):
            if joined and joined[-1][0] + joined[-1][2] == i and joined[-1][1] + joined[-1][2] == j:
                i, j, size = *joined[-1][:2], joined.pop()[2] + size
            joined.append((i, j, size))
        return joined + [(len(self.a), len(self.b), 0)]

    def steps(self):
        """How to make b of a: (what, from and to in a, from and to in b)."""
        i = j = 0
        for a_at, b_at, size in self.blocks():
            if i < a_at or j < b_at:
                what = "insert" if i == a_at else "delete" if j == b_at else "replace"
                yield what, i, a_at, j, b_at
            i, j = a_at + size, b_at + size
            if size:
                yield "equal", a_at, i, b_at, j

    def ratio(self):
        """How alike they are, from 0 to 1."""
        return _ratio(sum(block[2] for block in self.blocks()), len(self.a) + len(self.b))

    def may_reach(self, holds):
        """Whether cheap upper bounds of the ratio, and then the ratio, pass a test."""
        total = len(self.a) + len(self.b)
        if not holds(_ratio(min(len(self.a), len(self.b)), total)):
            return False
        if self._counts is None:
            self._counts = {}
            for item in self.b:
                self._counts[item] = self._counts.get(item, 0) + 1
        left, common = dict(self._counts), 0
        for item in self.a:
            if left.get(item, 0) > 0:
                left[item] -= 1
                common += 1
        return holds(_ratio(common, total)) and holds(self.ratio())


def _ratio(common, total):
    return 2.0 * common / total if total else 1.0


def close_matches(word, possibilities, count=3, cutoff=0.6):
    """The best of the words that are nearly another, the best first."""
    matcher = Matcher(b=word)
    found = []
    for other in possibilities:
        matcher.a = other
        if matcher.may_reach(lambda ratio: ratio >= cutoff):
            found.append((matcher.ratio(), other))
    return [other for _, other in sorted(found, reverse=True)[:count]]


def line_diff(a, b):
    """The lines of a and b: "- " before those of a, "+ " before those of b, "  " before common ones; "? " points into
    lines that are nearly the same."""
    for what, i, i_end, j, j_end in Matcher(a, b).steps():
        if what == "replace":
            yield from _changed_lines(a, i, i_end, b, j, j_end)
        elif what == "equal":
            yield from _marked("  ", a[i:i_end])
        else:
            yield from _marked("- ", a[i:i_end])
            yield from _marked("+ ", b[j:j_end])


def _marked(mark, lines):
    return [mark + line for line in lines]


def _replaced(a, b):
    """Lines that stand for others, the fewer first."""
    removed, added = _marked("- ", a), _marked("+ ", b)
    return added + removed if removed and 0 < len(added) < len(removed) else removed + added


def _is_blank(char):
    return char in " \t"


def _changed_lines(a, i, i_end, b, j_from, j_end):
    matcher = Matcher(is_junk=_is_blank)
    start, done_i, done_j = i - j_from, i, j_from
    for j in range(j_from, j_end):
        near = range(max(start + j - _WINDOW, done_i), min(start + j + _WINDOW + 1, i_end))
        if not near:
            break
        matcher.set_b(b[j])
        best, best_ratio = None, _ALIKE
        for i in near:
            matcher.a = a[i]
            if matcher.may_reach(lambda ratio: ratio > best_ratio):
                best, best_ratio = i, matcher.ratio()
        if best is None:
            continue
        yield from _replaced(a[done_i:best], b[done_j:j])
        if a[best] == b[j]:
            yield "  " + a[best]
        else:
            matcher.a = a[best]
            yield from _pointed(matcher)
        done_i, done_j = best + 1, j + 1
    yield from _replaced(a[done_i:i_end], b[done_j:j_end])


def _pointed(matcher):
    """Two lines that are nearly the same, and what differs."""
    below_a = below_b = ""
    for what, i, i_end, j, j_end in matcher.steps():
        mark_a, mark_b = {"replace": "^^", "delete": "-+", "insert": "-+", "equal": "  "}[what]
        below_a += mark_a * (i_end - i)
        below_b += mark_b * (j_end - j)
    for mark, line, below in (("- ", matcher.a, below_a), ("+ ", matcher.b, below_b)):
        yield mark + line
        # Tabs of the line stand in the line below it, too.
        below = "".join([char if sign == " " and char.isspace() else sign for char, sign in zip(line, below)]).rstrip()
        if below:
            yield f"? {below}\n"
