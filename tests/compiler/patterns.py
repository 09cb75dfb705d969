# match: names are bound when a whole pattern has matched.
def match(subject):
    match subject:
        case 0 | 1 | -1:
            return 'number'
        case 'text' | None | True:
            return 'constant'
        case [x, y] if x:
            return x, y
        case [first, *_, last]:
            return first, last
        case [a, *rest]:
            return rest
        case {'key': value, **others}:
            return value, others
        case Point(x, y=0) as p:
            return p
        case color.RED:
            return 'dotted'
        case [b] | (b, _):
            return b
        case _:
            return 'other'
