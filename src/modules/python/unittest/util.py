"""How unittest shows values, and what two collections have not in common."""

__unittest = True

_MAX_LENGTH = 80
# What a shortened text keeps of its begin, of what differs and of its end, and what stands for the rest.
_MIN_BEGIN_LEN = 5
_MIN_COMMON_LEN = 5
_MIN_END_LEN = 5
_PLACEHOLDER_LEN = 12
_MIN_DIFF_LEN = _MAX_LENGTH - (_MIN_BEGIN_LEN + _PLACEHOLDER_LEN + _MIN_COMMON_LEN + _PLACEHOLDER_LEN + _MIN_END_LEN)


def safe_repr(obj, short=False):
    """The repr of an object, even if it has a bad one."""
    try:
        text = repr(obj)
    except Exception:
        text = object.__repr__(obj)
    return text[:_MAX_LENGTH] + " [truncated]..." if short and len(text) >= _MAX_LENGTH else text


def _shorten(text, begin, end):
    left_out = len(text) - begin - end
    if left_out <= _PLACEHOLDER_LEN:
        return text
    return f"{text[:begin]}[{left_out} chars]{text[len(text) - end:]}"


def _common_length(texts):
    low, high = min(texts), max(texts)
    length = 0
    while length < len(low) and low[length] == high[length]:
        length += 1
    return length


def _common_shorten_repr(*args):
    """The reprs of objects, shortened so that what differs remains."""
    texts = tuple(map(safe_repr, args))
    longest = max(map(len, texts))
    if longest <= _MAX_LENGTH:
        return texts
    common = _common_length(texts)
    prefix = texts[0][:common]
    room = _MAX_LENGTH - (longest - common + _MIN_BEGIN_LEN + _PLACEHOLDER_LEN)
    if room > _MIN_COMMON_LEN:
        prefix = _shorten(prefix, _MIN_BEGIN_LEN, room)
        return tuple(prefix + text[common:] for text in texts)
    prefix = _shorten(prefix, _MIN_BEGIN_LEN, _MIN_COMMON_LEN)
    return tuple(prefix + _shorten(text[common:], _MIN_DIFF_LEN, _MIN_END_LEN) for text in texts)


def strclass(cls):
    return f"{cls.__module__}.{cls.__qualname__}"


def three_way_cmp(x, y):
    """-1, 0 or 1 as x is less than, equal to or greater than y."""
    return (x > y) - (x < y)


def _count_differences(first, second):
    """What does not occur equally often: (times in the first, times in the second, value)."""
    try:
        return _count_hashable(first, second)
    except TypeError:
        return _count_any(first, second)


def _count_hashable(first, second):
    ours, theirs = {}, {}
    for counts, items in ((ours, first), (theirs, second)):
        for item in items:
            counts[item] = counts.get(item, 0) + 1
    return [(ours.get(item, 0), theirs.get(item, 0), item) for item in {**ours, **theirs}
            if ours.get(item, 0) != theirs.get(item, 0)]


def _count_any(first, second):
    found = []
    for side, items in enumerate((first, second)):
        for item in items:
            for entry in found:
                if entry[2] == item:
                    break
            else:
                entry = [0, 0, item]
                found.append(entry)
            entry[side] += 1
    return [tuple(entry) for entry in found if entry[0] != entry[1]]
