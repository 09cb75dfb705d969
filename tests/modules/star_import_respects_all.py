"""`__all__`."""

from all_part import *

print(listed, _listed_underscore, "unlisted" in globals())


def inside():
    exec("from all_part import *", space := {})
    return sorted(n for n in space if not n.startswith("__"))


print(inside())
try:
    from bad_all_part import *
except AttributeError as error:
    print(error)
