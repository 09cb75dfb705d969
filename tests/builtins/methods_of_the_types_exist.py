"""Every public method of the built-in types."""

wanted = {
    str: "capitalize casefold center count encode endswith expandtabs find format format_map index isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper join ljust lower lstrip maketrans partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines startswith strip swapcase title translate upper zfill",
    list: "append clear copy count extend index insert pop remove reverse sort",
    tuple: "count index",
    dict: "clear copy fromkeys get items keys pop popitem setdefault update values",
    set: "add clear copy difference difference_update discard intersection intersection_update isdisjoint issubset issuperset pop remove symmetric_difference symmetric_difference_update union update",
    frozenset: "copy difference intersection isdisjoint issubset issuperset symmetric_difference union",
    int: "as_integer_ratio bit_count bit_length conjugate denominator from_bytes imag is_integer numerator real to_bytes",
    float: "as_integer_ratio conjugate fromhex hex imag is_integer real",
    complex: "conjugate imag real",
    bytes: "capitalize center count decode endswith expandtabs find fromhex hex index isalnum isalpha isascii isdigit islower isspace istitle isupper join ljust lower lstrip maketrans partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines startswith strip swapcase title translate upper zfill",
    bytearray: "append clear copy extend insert pop remove reverse decode hex find replace",
    range: "count index start step stop",
    slice: "indices start step stop",
    property: "deleter fdel fget fset getter setter",
    BaseException: "add_note args with_traceback",
}
for kind, names in wanted.items():
    missing = [name for name in names.split() if not hasattr(kind, name)]
    print(kind.__name__, "missing:", *missing)
