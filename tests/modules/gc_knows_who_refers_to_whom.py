"""gc.get_objects, get_referrers, get_referents: what refers to what, as far as it does not depend on the collector."""

import gc


class Node:
    pass


first, second = Node(), Node()
first.next = second
row = [second, first]
table = {"a": first}
pair = (first, second)
print(first in gc.get_objects(), row in gc.get_objects(), Node in gc.get_objects())
print(any(o is second for o in gc.get_referents(row)), any(o is first for o in gc.get_referents(row, table)))
print([any(o is x for o in gc.get_referrers(first)) for x in (row, table, pair)], gc.get_referents(1, "x"))
print(gc.is_tracked([]), gc.is_tracked("text"), gc.is_tracked(5), gc.is_tracked(first))
gc.disable()
print(gc.isenabled())
gc.enable()
print(gc.isenabled())
