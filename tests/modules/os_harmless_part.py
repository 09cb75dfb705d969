"""os: names, paths, cpu count, environment."""

import os

print(os.name, os.sep, os.linesep == "\n", isinstance(os.getpid(), int), os.cpu_count() > 0)
print(os.path.join("a", "b"), os.path.basename("/x/y.py"), os.path.dirname("/x/y.py"), os.path.splitext("y.tar.gz"))
print(os.path.isabs("/x"), os.path.normpath("a/../b//c"), os.path.split("/a/b"))
print(os.fspath("text"), isinstance(os.urandom(4), bytes), len(os.urandom(4)))
