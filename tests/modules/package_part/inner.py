# part of import_forms

from . import sibling
from .sibling import shared as renamed

deep = "deep " + renamed
