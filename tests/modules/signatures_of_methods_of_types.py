"""What inspect.signature says of methods of built-in types and of those around them."""

import collections
import inspect


def show(owner, names):
    for name in names.split():
        thing = getattr(owner, name)
        try:
            print(f"{owner.__name__}.{name}{inspect.signature(thing)}")
        except ValueError:
            print(f"{owner.__name__}.{name}: no signature")


for kind in (str, bytes, bytearray):
    show(kind, "count find index rfind rindex startswith endswith split join strip replace")
show(dict, "update pop get setdefault fromkeys")
show(range, "count index")
show(slice, "indices")
show(collections.OrderedDict, "update move_to_end")
show(collections.UserString, "center count encode endswith find format index join lstrip partition removeprefix replace rsplit "
                             "split splitlines startswith strip translate zfill")
show(type((lambda: (yield))()), "send throw close")
