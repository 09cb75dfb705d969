# part of runpy_runs_modules_and_files
from . import __name__ as above

print("a part", __name__, __package__, above)
