# gilbox: --gil 3.14
"""A call between load and store is a switch point."""

from updates_part import CALLING, ever_loses, show

show(CALLING, ever_loses)
