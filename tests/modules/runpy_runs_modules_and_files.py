"""runpy.run_module and run_path: modules and files are run as programs, and not imported."""
import os
import runpy
import sys

here = os.path.dirname(os.path.abspath(__file__))


def attempt(function, *args, **kwargs):
    try:
        names = function(*args, **kwargs)
    except Exception as error:
        print(type(error).__name__, str(error).replace(here + "/", ""))
        return
    shown = {name: value for name, value in names.items() if name in ("__name__", "__package__", "x", "given")}
    print(shown, os.path.basename(names["__file__"]), sorted(names))


attempt(runpy.run_module, "runpy_part")
attempt(runpy.run_module, "runpy_part", {"given": 3}, "__main__")
attempt(runpy.run_module, "runpy_part", run_name="named", alter_sys=True)
print("runpy_part" in sys.modules, "named" in sys.modules, os.path.basename(sys.argv[0]))
attempt(runpy.run_module, "runpy_package_part")
attempt(runpy.run_module, "runpy_package_part.inner")
attempt(runpy.run_module, "runpy_package_part.absent")
attempt(runpy.run_module, "absent_altogether")
attempt(runpy.run_module, ".relative")
attempt(runpy.run_module, "package_part")
attempt(runpy.run_path, os.path.join(here, "runpy_part.py"))
attempt(runpy.run_path, os.path.join(here, "runpy_part.py"), {"given": [1]}, "a.b")
attempt(runpy.run_path, os.path.join(here, "runpy_package_part"))
print(runpy.run_path(os.path.join(here, "runpy_part.py"))["x"], sys.modules["__main__"].__name__, here in sys.path)
