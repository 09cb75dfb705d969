# gilbox: --gil off
"""Threads run at once."""

from updates_part import CALLING, STRAIGHT, ever_loses, show

show(STRAIGHT + CALLING, ever_loses)
