"""`add_note` and multi-line messages."""

e = ValueError("first line\nsecond line")
e.add_note("a note")
e.add_note("another\nnote")
raise e
