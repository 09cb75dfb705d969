"""What inspect.signature says of datetime's classes and their methods."""

import datetime
import inspect


def show(owner, names):
    for name in names.split():
        thing = getattr(owner, name)
        try:
            print(f"{owner.__name__}.{name}{inspect.signature(thing)}")
        except ValueError:
            print(f"{owner.__name__}.{name}: no signature")


for kind in (datetime.date, datetime.datetime, datetime.time, datetime.timedelta, datetime.timezone, datetime.tzinfo):
    names = (name for name in vars(kind) if name[0] != "_" and callable(getattr(kind, name)))
    show(kind, " ".join(sorted(names)))
show(datetime, "date datetime time timedelta timezone tzinfo")
