# part of relative_imports_inside_a_package

from ..sibling import shared as from_parent
from .. import loaded as from_package

own_name = __name__
