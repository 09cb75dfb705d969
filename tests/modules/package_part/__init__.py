# part of import_forms

"""A package."""

from . import sibling
from .sibling import shared

loaded = ["init"]
