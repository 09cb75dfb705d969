# gilbox: --allow-read=/etc/hostname --allow-read=/tmp/gilbox-gate --allow-write=/tmp/gilbox-gate
# Flags with paths open those and what lies below them, by whatever name it is asked for.
import os


def attempt(what, action):
    try:
        print(what, "->", action())
    except Exception as error:
        print(what, "->", type(error).__name__, error)


BASE = "/tmp/gilbox-gate"
if os.path.isdir(BASE):
    for name in os.listdir(BASE):
        os.remove(f"{BASE}/{name}")
    os.rmdir(BASE)
attempt("the folder itself", lambda: os.mkdir(BASE))
with open(f"{BASE}/file", "w") as file:
    file.write("inside")
attempt("inside", lambda: open(f"{BASE}/file").read())
attempt("round about", lambda: open(f"{BASE}/../gilbox-gate/./file").read())
attempt("a name that only begins like it", lambda: open("/tmp/gilbox-gate-2", "w"))
attempt("out by dots", lambda: open(f"{BASE}/../../etc/passwd"))
attempt("one file", lambda: len(open("/etc/hostname").read()) > 0)
attempt("its neighbour", lambda: open("/etc/passwd"))
attempt("its folder", lambda: os.listdir("/etc"))
attempt("writing where only reading is allowed", lambda: open("/etc/hostname", "r+"))
attempt("link out", lambda: os.symlink("/etc/passwd", f"{BASE}/link"))
attempt("through the link", lambda: open(f"{BASE}/link"))
attempt("stat of the link", lambda: os.path.islink(f"{BASE}/link"))
attempt("stat through the link", lambda: os.stat(f"{BASE}/link"))
attempt("writing through the link", lambda: open(f"{BASE}/link", "w"))
attempt("link to nothing outside", lambda: os.symlink("/tmp/gilbox-never", f"{BASE}/dangling"))
attempt("making what it leads to", lambda: open(f"{BASE}/dangling", "w"))
attempt("hard link out", lambda: os.link("/etc/hostname", f"{BASE}/hard"))
attempt("rename in", lambda: os.rename("/etc/hostname", f"{BASE}/moved"))
attempt("rename out", lambda: os.rename(f"{BASE}/file", "/tmp/gilbox-never"))
attempt("folder link", lambda: os.symlink("/tmp", f"{BASE}/folder"))
attempt("through the folder link", lambda: open(f"{BASE}/folder/gilbox-never", "w"))
attempt("remove through it", lambda: os.remove(f"{BASE}/folder/gilbox-never"))
attempt("missing inside", lambda: open(f"{BASE}/missing"))
attempt("missing outside", lambda: open("/missing"))
print(sorted(os.listdir(BASE)))
for name in os.listdir(BASE):
    os.remove(f"{BASE}/{name}")
os.rmdir(BASE)
print(os.path.exists(BASE))
