"""Guesses at the dialect of a sample: `csv.Sniffer`."""


def _is_word(c):
    return c.isalnum() or c == "_"


def _may_delimit(c):
    return c not in "\n\"'" and not _is_word(c)


def _field_at(sample, at, before, after):
    """(delimiter, quote, has a space, end) of a quoted field at a place, between delimiters or at the bounds of its line."""
    delimiter, start = None, at
    if before:
        delimiter, start = sample[at], at + 1
        if not _may_delimit(delimiter):
            return None
    elif at and sample[at - 1] != "\n":
        if sample[at] != "\n":
            return None
        start = at + 1
    space = before and sample[start:start + 1] == " " and sample[start + 1:start + 2] in ('"', "'")
    quote = sample[start + space:start + space + 1]
    if quote not in ('"', "'"):
        return None
    end = sample.find(quote, start + space + 1)
    while end >= 0:
        follows = sample[end + 1:end + 2]
        if not after:
            if follows in ("", "\n"):
                return delimiter, quote, space, end + 1
        elif before and follows == delimiter:
            return delimiter, quote, space, end + 2
        elif not before and follows and _may_delimit(follows):
            space = sample[end + 2:end + 3] == " "
            return follows, quote, space, end + 2 + space
        end = sample.find(quote, end + 1)
    return None


def _quoted_fields(sample, before, after):
    found, at = [], 0
    while at < len(sample):
        field = _field_at(sample, at, before, after)
        if field is None:
            at += 1
        else:
            found.append(field)
            at = field[3]
    return found


def by_quotes(sample, delimiters):
    """Quote, whether it is doubled, delimiter, whether a space follows it: by what stands around quoted fields."""
    for before, after in ((True, True), (False, True), (True, False), (False, False)):
        fields = _quoted_fields(sample, before, after)
        if fields:
            break
    else:
        return "", False, None, 0
    quotes, found, spaces = {}, {}, 0
    for delimiter, quote, space, _ in fields:
        quotes[quote] = quotes.get(quote, 0) + 1
        if delimiter is not None and (delimiters is None or delimiter in delimiters):
            found[delimiter] = found.get(delimiter, 0) + 1
        spaces += bool(space)
    quote = max(quotes, key=quotes.get)
    delimiter, skips = "", 0
    if found:
        delimiter = max(found, key=found.get)
        skips = found[delimiter] == spaces
    return quote, _is_doubled(sample, quote, delimiter), delimiter, skips


def _is_doubled(sample, quote, delimiter):
    """Whether a field has quotes in it, between those around it."""
    for line in sample.split("\n"):
        for field in line.split(delimiter) if delimiter else (line,):
            if field.count(quote) < 3:
                continue
            around = field[:field.index(quote)] + field[field.rindex(quote) + 1:]
            if not delimiter or not any(map(_is_word, around)):
                return True
    return False


def _typical_counts(lines):
    """For each character that occurs: how often it typically does in a line, and in how many lines more than not."""
    found = {}
    for c in map(chr, range(127)):
        counts = {}
        for line in lines:
            count = line.count(c)
            counts[count] = counts.get(count, 0) + 1
        if list(counts) != [0]:
            typical = max(counts, key=counts.get)
            found[c] = typical, 2 * counts[typical] - len(lines)
    return found


def by_frequency(sample, delimiters, preferred):
    """Delimiter, and whether a space follows it: the character that is there equally often in all lines."""
    lines = [line for line in sample.split("\n") if line]
    step, candidates = min(10, len(lines)), {}

    def result(delimiter):
        return delimiter, lines[0].count(delimiter) == lines[0].count(delimiter + " ")
    end = step
    while end - step < len(lines):
        seen, consistency = lines[:end], 1.0
        typical = _typical_counts(seen)
        while not candidates and consistency >= 0.9:
            for c, (count, surplus) in typical.items():
                if count > 0 and surplus > 0 and surplus / len(seen) >= consistency and (
                        delimiters is None or c in delimiters):
                    candidates[c] = count, surplus
            consistency -= 0.01
        if len(candidates) == 1:
            return result(*candidates)
        end += step
    if not candidates:
        return "", 0
    for c in preferred:
        if c in candidates:
            return result(c)
    return result(max(candidates, key=lambda c: (candidates[c], c)))


def _looks(text):
    """What a field looks like: a number, or so many characters."""
    try:
        complex(text)
    except (ValueError, OverflowError):
        return len(text)
    return complex


def looks_like_header(records):
    """Whether the first of the records looks otherwise than the others."""
    header, looks = next(records), {}
    columns = set(range(len(header)))
    for number, record in enumerate(records):
        if number > 20:
            break
        if len(record) != len(header):
            continue
        for column in list(columns):
            if looks.setdefault(column, _looks(record[column])) != _looks(record[column]):
                columns.discard(column)
    votes = 0
    for column in columns:
        if column not in looks:
            looks[column] = None
        if looks[column] is complex or looks[column] is None:
            votes += 1 if _looks(header[column]) is not complex else -1
        else:
            votes += 1 if len(header[column]) != looks[column] else -1
    return votes > 0
