# part of import_forms

"""The helper's doc."""

value = 7
visible = True
_hidden = True


def function(x):
    return x * value
