# gilbox: --gil 3.14
"""No switch point lies between the load and the store."""

from updates_part import STRAIGHT, never_loses, show

show(STRAIGHT, never_loses)
