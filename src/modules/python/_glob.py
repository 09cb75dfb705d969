"""Names that match a shell's pattern: *, ?, [seq], [!seq]. For what searches folders and picks tests."""


def matches(name, pattern):
    """Whether a whole name matches a pattern, case counting."""
    return _matcher(pattern)(name)


_known = {}


def _matcher(pattern):
    found = _known.get(pattern)
    if found is None:
        if len(_known) > 200:
            _known.clear()
        found = _known[pattern] = _compile(pattern)
    return found


def _compile(pattern):
    parts = _parts(pattern)

    def match(name):
        # Where the last star stands, and how far it has eaten: on a failure it eats one more.
        at = part = 0
        star, eaten = -1, 0
        while at < len(name):
            if part < len(parts) and parts[part] is None:
                star, eaten = part, at
                part += 1
            elif part < len(parts) and parts[part](name[at]):
                at += 1
                part += 1
            elif star >= 0:
                eaten += 1
                at, part = eaten, star + 1
            else:
                return False
        return all(left is None for left in parts[part:])

    return match


def _parts(pattern):
    """One test for each character of a name; None for a star."""
    parts, at = [], 0
    while at < len(pattern):
        char = pattern[at]
        at += 1
        if char == "*":
            if not parts or parts[-1] is not None:
                parts.append(None)
        elif char == "?":
            parts.append(lambda char: True)
        elif char == "[" and (end := _class_end(pattern, at)) >= 0:
            parts.append(_class(pattern[at:end]))
            at = end + 1
        else:
            parts.append(char.__eq__)
    return parts


def _class_end(pattern, at):
    """Where the bracket after a "[" is; one right at the start belongs to the set."""
    if pattern[at:at + 1] == "!":
        at += 1
    return pattern.find("]", at + 1)


def _class(text):
    negated = text.startswith("!")
    text = text[1:] if negated else text
    single, ranges, at = set(), [], 0
    while at < len(text):
        if text[at + 1:at + 2] == "-" and at + 2 < len(text):
            ranges.append((text[at], text[at + 2]))
            at += 3
        else:
            single.add(text[at])
            at += 1

    def test(char):
        return (char in single or any(low <= char <= high for low, high in ranges)) != negated

    return test
