# gilbox: --gil 3.9
"""Switches between any two instructions."""

from updates_part import CALLING, STRAIGHT, ever_loses, show

show(STRAIGHT + CALLING, ever_loses)
