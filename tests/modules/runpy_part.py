# part of runpy_runs_modules_and_files
import sys

x = 5


def read_x():
    return x


print(__name__, __package__, __spec__ and __spec__.name, given if "given" in globals() else None,
      __name__ in sys.modules and sys.modules[__name__].__dict__ is globals())
