"""`from . import`, `from .x import`, `from ..`, `__path__`, `__package__`."""

import package_part
from package_part.sub import leaf

print(package_part.shared, package_part.sibling.shared, package_part.loaded)
print(leaf.from_parent, leaf.from_package, leaf.own_name, leaf.__package__)
print(package_part.__package__, package_part.__file__.endswith("package_part/__init__.py"), len(package_part.__path__))
import package_part.sub

print(package_part.sub.leaf is leaf, sorted(n for n in vars(package_part) if not n.startswith("__")))
try:
    exec("from . import anything")
except ImportError as error:
    print(error)
try:
    exec("from .. import anything", {"__package__": "package_part", "__name__": "package_part.x"})
except ImportError as error:
    print(error)
