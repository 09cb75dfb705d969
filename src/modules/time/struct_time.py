_FIELDS = ("tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst")


class struct_time(tuple):
    """The time value as returned by gmtime(), localtime(), and strptime(), and
 accepted by asctime(), mktime() and strftime().  May be considered as a
 sequence of 9 integers.

 Note that several fields' values are not the same as those defined by
 the C language standard for struct tm.  For example, the value of the
 field tm_year is the actual year, not year - 1900.  See individual
 fields' descriptions for details."""

    n_fields = 11
    n_sequence_fields = 9
    n_unnamed_fields = 0
    __match_args__ = _FIELDS

    def __new__(cls, sequence, dict={}):
        try:
            items = tuple(sequence)
        except TypeError:
            raise TypeError("constructor requires a sequence") from None
        if not 9 <= len(items) <= 11:
            least = "at least 9-sequence" if len(items) < 9 else "at most 11-sequence"
            raise TypeError(f"time.struct_time() takes an {least} ({len(items)}-sequence given)")
        self = super().__new__(cls, items[:9])
        for name, value in zip(("tm_zone", "tm_gmtoff"), items[9:] + (None, None)):
            self.__dict__[name] = dict.get(name, value)
        return self

    def __reduce__(self):
        return type(self), (tuple(self), dict(self.__dict__))

    def __repr__(self):
        return f"time.struct_time({', '.join(f'{name}={value!r}' for name, value in zip(_FIELDS, self))})"


for at, name in enumerate(_FIELDS):
    setattr(struct_time, name, property(lambda self, at=at: self[at]))
