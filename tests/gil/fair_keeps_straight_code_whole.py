# gilbox: --gil fair
"""Another order of turns, the same switch points."""

from updates_part import STRAIGHT, never_loses, show

show(STRAIGHT, never_loses)
