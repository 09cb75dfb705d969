"""Functions see the globals of the module they were written in."""

import state_part

counter = "mine"
state_part.bump()
state_part.bump()
print(counter, state_part.counter, state_part.get())
from state_part import counter as copied, bump

bump()
print(copied, state_part.counter)
state_part.counter = 100
bump()
print(state_part.get(), bump.__globals__ is vars(state_part), bump.__module__)
