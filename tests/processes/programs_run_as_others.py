# gilbox: --allow-run
"""Popen with a user, groups and a mask."""

import os
import subprocess


def show(f):
    try:
        print(repr(f()))
    except BaseException as e:
        print(type(e).__name__, e)


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, check=True, **options).stdout.split()


show(lambda: run("/bin/sh", "-c", "umask", umask=0o27))
show(lambda: run("/bin/sh", "-c", "umask", umask=-1) == run("/bin/sh", "-c", "umask"))
me, mine = run("id", "-un")[0], run("id", "-gn")[0]
show(lambda: run("id", "-u", user=os.getuid()) == [str(os.getuid())])
show(lambda: run("id", "-u", user=me) == [str(os.getuid())])
show(lambda: run("id", "-g", group=os.getgid()) == [str(os.getgid())])
show(lambda: run("id", "-g", group=mine) == [str(os.getgid())])
if os.getuid() == 0:
    script = "id -u; id -g; id -G"
    assert run("/bin/sh", "-c", script, user=1, group=2, extra_groups=[3, 4]) == ["1", "2", "2", "3", "4"]
    assert run("/bin/sh", "-c", script, user="daemon", group="bin", extra_groups=["sys", 5]) == ["1", "2", "2", "3", "5"]
    assert run("/bin/sh", "-c", "id -G", extra_groups=[]) == ["0"]
for options in ({"user": "nobody_there"}, {"user": -1}, {"user": 1.5}, {"user": []}, {"group": "nogroup_x"}, {"group": -2},
                {"group": 1.5}, {"extra_groups": "abc"}, {"extra_groups": [-1]}, {"extra_groups": ["xx"]},
                {"extra_groups": [1.5]}, {"extra_groups": 5}, {"umask": "a"}, {"umask": 1.5}, {"user": 2**40},
                {"user": b"x"}, {"umask": 2**40}, {"extra_groups": list(range(70000))}, {"umask": None}):
    show(lambda: run("/bin/true", **options))
