# gilbox: --allow-read=/tmp/gilbox-paths --allow-write=/tmp/gilbox-paths
"""Links, `..`, relative paths, descriptors of folders and races: what may be read lies where it may."""

import os
import threading
import time

HERE = f"/tmp/gilbox-paths/{os.getpid()}"
for folder in (os.path.dirname(HERE), HERE, f"{HERE}/in", f"{HERE}/in/deep"):
    try:
        os.mkdir(folder)
    except FileExistsError:
        pass
os.chdir(HERE)
with open("mine", "w") as file:
    file.write("mine")


def t(function, *args, **kwargs):
    try:
        result = function(*args, **kwargs)
        print("done", result if isinstance(result, (str, int, bool)) else "")
        return result
    except OSError as error:
        print(type(error).__name__, error.strerror)


def text(path, **kwargs):
    with open(path, **kwargs) as file:
        return file.read()[:20]


t(text, "mine")
t(text, "in/../mine")
t(text, "in/deep/../../mine")
t(text, "../../../etc/passwd")
t(text, f"{HERE}/../../../etc/passwd")
t(text, "/proc/self/root/etc/passwd")
t(text, "/proc/self/cwd/mine")
os.symlink("/etc/passwd", "out")
os.symlink("/etc", "folder")
os.symlink("mine", "link")
os.symlink("link", "chain")
os.symlink("round", "round")
t(text, "out")
t(text, "folder/passwd")
t(text, "folder/../etc/passwd")
t(text, "link")
t(text, "chain")
t(text, "round")
t(os.stat, "out")
t(os.lstat, "out")
t(os.readlink, "out")
t(os.listdir, "folder")
t(os.listdir, "..")
t(os.chdir, "folder")
t(os.chdir, "/")
t(os.open, "folder", os.O_RDONLY | os.O_DIRECTORY)
t(os.rename, "mine", "/tmp/gilbox-escaped")
t(os.rename, "/etc/hostname", "stolen")
t(os.link, "/etc/passwd", "hard")
t(os.link, "out", "hard")
t(os.link, "out", "hard", follow_symlinks=False)
t(os.truncate, "out", 0)
t(os.mkdir, "folder/new")
# A link may be made, whatever it names; nobody writes through it.
os.symlink("/tmp/gilbox-written-outside", "new")
for mode in ("w", "a", "x", "r+"):
    t(open, "out", mode)
    t(open, "new", mode)
    t(open, "folder/new", mode)
t(os.open, "new", os.O_WRONLY | os.O_CREAT)
t(os.symlink, "/etc/passwd", "folder/link")
t(os.rename, "mine", "folder/mine")
t(os.replace, "folder/passwd", "mine")
os.remove("new")
t(os.remove, "folder/passwd")
t(os.mkfifo, "/tmp/gilbox-fifo")
t(os.access, "out", os.R_OK)
t(os.chmod, "out", 0o777)
t(os.utime, "out")

# A folder on the way turns into a link to elsewhere and back, while others open what is below it.
with open("in/passwd", "w") as file:
    file.write("mine")
over = False
seen = set()


def swap():
    while not over:
        os.rename("in", "aside")
        os.symlink("/etc", "in")
        os.remove("in")
        os.rename("aside", "in")


def read():
    while not over:
        try:
            seen.add(text("in/passwd"))
        except PermissionError:
            seen.add("refused")
        except FileNotFoundError:
            pass


crew = [threading.Thread(target=work) for work in (swap, read, read)]
for thread in crew:
    thread.start()
time.sleep(0.5)
over = True
for thread in crew:
    thread.join()
print(sorted(seen - {"refused"}))

for name in ("mine", "out", "folder", "link", "chain", "round", "hard", "in/passwd"):
    os.remove(name)
os.chdir("..")
for folder in (f"{HERE}/in/deep", f"{HERE}/in", HERE, os.path.dirname(HERE)):
    try:
        os.rmdir(folder)
    except OSError:
        # Another run may have a folder of its own beside.
        pass
print(os.path.exists(HERE))
