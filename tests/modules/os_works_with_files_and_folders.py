# gilbox: -A
# os and os.path: files, folders, links, descriptors, the environment; and what they say when something is wrong.
import os
import os.path

BASE = "/tmp/gilbox-os-%d" % os.getpid()


def attempt(what, action):
    try:
        print(what, "->", repr(action()).replace(BASE, "BASE"))
    except Exception as error:
        names = [getattr(error, name, None) for name in ("errno", "filename", "filename2")]
        print(what, "->", type(error).__name__, str(error).replace(BASE, "BASE"), repr(names).replace(BASE, "BASE"))


os.mkdir(BASE)
os.chdir(BASE)
print(os.getcwd() == BASE, os.listdir(), os.listdir("."), os.listdir(b"."))
with open("a.txt", "w") as file:
    file.write("hello")
os.makedirs("x/y/z")
attempt("makedirs again", lambda: os.makedirs("x/y/z"))
os.makedirs("x/y/z", exist_ok=True)
print(sorted(os.listdir()), os.listdir("x"), os.listdir(b"x/y"))
print([os.path.exists(p) for p in ("a.txt", "x", "nothing", "a.txt/x", "", b"a.txt", "a\0b")])
print([os.path.isfile(p) for p in ("a.txt", "x", "nothing")], [os.path.isdir(p) for p in ("a.txt", "x", "nothing")])
print(os.path.getsize("a.txt"), os.stat("a.txt").st_size, os.lstat("a.txt").st_size, oct(os.stat("x").st_mode & 0o170000))
status = os.stat("a.txt")
print(type(status), len(status), status[6], status.st_nlink, isinstance(status.st_mtime, float), status.st_mtime_ns > 0)
print(repr(status)[:25], status.st_uid == os.getuid())
os.utime("a.txt", (1000000000, 1500000000.5))
print(os.stat("a.txt").st_atime, os.stat("a.txt").st_mtime, os.path.getmtime("a.txt"), os.stat("a.txt")[8])
os.utime("a.txt", ns=(1, 2))
print(os.stat("a.txt").st_mtime_ns)
os.chmod("a.txt", 0o640)
print(oct(os.stat("a.txt").st_mode))
os.rename("a.txt", "b.txt")
os.replace("b.txt", "x/c.txt")
print(sorted(os.listdir("x")), os.access("x/c.txt", os.R_OK), os.access("nothing", os.F_OK))
os.symlink("c.txt", "x/link")
os.symlink("nowhere", "x/dangling")
print(os.readlink("x/link"), os.path.islink("x/link"), os.path.islink("x"), os.path.exists("x/dangling"))
print(os.path.lexists("x/dangling"), open("x/link").read(), os.path.samefile("x/link", "x/c.txt"))
print(os.path.realpath("x/link") == BASE + "/x/c.txt", os.path.realpath("x/../x/y/./z") == BASE + "/x/y/z")
os.link("x/c.txt", "x/hard")
print(os.stat("x/hard").st_nlink, os.path.samefile("x/hard", "x/c.txt"))
for entry in sorted(os.scandir("x"), key=lambda e: e.name):
    print(entry, entry.name, entry.path, entry.is_dir(), entry.is_file(), entry.is_symlink(), entry.is_file(follow_symlinks=False))
with os.scandir() as entries:
    print(next(entries).name)
for top, folders, files in os.walk("."):
    print(top, sorted(folders), sorted(files))
for top, folders, files in os.walk("x", topdown=False):
    print(top, sorted(folders), sorted(files))
for path in ("nothing", "x", "a\0b", 3.5, None):
    attempt(f"remove {path!r}", lambda: os.remove(path))
    attempt(f"stat {path!r}", lambda: os.stat(path) and 1)
    attempt(f"rmdir {path!r}", lambda: os.rmdir(path))
    attempt(f"mkdir {path!r}", lambda: os.mkdir(path))
    attempt(f"listdir {path!r}", lambda: len(os.listdir(path)))
    attempt(f"readlink {path!r}", lambda: os.readlink(path))
    attempt(f"rename {path!r}", lambda: os.rename(path, "nowhere/there"))
    attempt(f"chdir {path!r}", lambda: os.chdir(path))
    os.chdir(BASE)
    attempt(f"open {path!r}", lambda: os.open(path, os.O_RDONLY | os.O_EXCL) and 1)
attempt("symlink", lambda: os.symlink("a", "x"))
attempt("link", lambda: os.link("nothing", "there"))
attempt("scandir", lambda: list(os.scandir("nothing")))
attempt("walk", lambda: list(os.walk("nothing")))
attempt("truncate", lambda: os.truncate("x/c.txt", 2))
print(open("x/c.txt").read())

# Descriptors.
fd = os.open("data", os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
print(os.write(fd, b"0123456789"), os.lseek(fd, 2, os.SEEK_SET), os.read(fd, 3), os.lseek(fd, 0, os.SEEK_CUR))
os.ftruncate(fd, 4)
os.fsync(fd)
print(os.fstat(fd).st_size, os.isatty(fd), os.get_blocking(fd))
copy = os.dup(fd)
os.close(fd)
os.lseek(copy, 0, 0)
with os.fdopen(copy) as file:
    print(file.read(), file.name == copy)
attempt("close", lambda: os.close(copy))
attempt("read", lambda: os.read(copy, 1))
attempt("write", lambda: os.write(9999, b"x"))
attempt("fstat", lambda: os.fstat(9999))
attempt("fdopen", lambda: os.fdopen("x"))
attempt("read -1", lambda: os.read(0, -1))
r, w = os.pipe()
os.set_blocking(r, False)
attempt("empty pipe", lambda: os.read(r, 1))
print(os.write(w, b"abc"), os.read(r, 10))
os.close(w)
print(os.read(r, 10))
os.close(r)

# Paths as text.
for p in ("", "/", "//", "///", "a", "a/", "/a", "a//b/", "/a/b.c", ".x", "a.b/c", "a/.b.c", "//a/b", "../a/./b/..", "~"):
    print(repr(p), os.path.split(p), os.path.splitext(p), os.path.normpath(p), os.path.isabs(p), os.path.dirname(p),
          os.path.basename(p), os.path.splitroot(p))
print(os.path.join("a", "/b", "c/", "", "d"), os.path.join("a", ""), os.path.join(b"a", b"b"), os.path.join("", "x"))
print(os.path.relpath("/a/b/c", "/a/d"), os.path.relpath("x"), os.path.relpath("/", "/a/b"))
print(os.path.commonpath(["/a/b/c", "/a/b/d", "/a/b"]), os.path.commonprefix(["abc", "abd"]), os.path.commonpath(["a/b", "a"]))
print(os.path.abspath("x/../y") == BASE + "/y", os.path.normcase("A"), os.path.ismount("/"), os.path.splitdrive("/a"))
os.environ["GILBOX_HOME"] = "/h"
print(os.path.expandvars("$GILBOX_HOME/x ${GILBOX_HOME} $nothing ${nothing} $"), os.path.expanduser("a~"))
attempt("join", lambda: os.path.join("a", b"b"))
attempt("join", lambda: os.path.join("a", 5))
attempt("join", lambda: os.path.join(5, "a"))
attempt("relpath", lambda: os.path.relpath(""))
attempt("commonpath", lambda: os.path.commonpath([]))
attempt("commonpath", lambda: os.path.commonpath(["/a", "b"]))


class Path:
    def __init__(self, path):
        self.path = path

    def __fspath__(self):
        return self.path


print(os.fspath(Path("x")), os.path.join(Path("a"), "b"), os.listdir(Path("x/y")), isinstance(Path("a"), os.PathLike))
print(isinstance("a", os.PathLike), os.fsencode("ä\udc80"), ascii(os.fsdecode(b"\xc3\xa4\x80")))
attempt("fspath", lambda: os.fspath(5))
attempt("fspath", lambda: os.fspath(Path(5)))
attempt("open", lambda: open(Path(5)))

# The environment.
print(os.environ["GILBOX_HOME"], os.getenv("GILBOX_HOME"), os.getenv("GILBOX_NO", "no"), "GILBOX_HOME" in os.environ)
del os.environ["GILBOX_HOME"]
attempt("missing", lambda: os.environ["GILBOX_HOME"])
attempt("no text", lambda: os.environ.__setitem__("A", 5))
print(os.environ.pop("GILBOX_HOME", "gone"), os.environ.setdefault("GILBOX_A", "b"), os.environ.get("GILBOX_A"))
print(os.strerror(2), os.path.sep, os.curdir, os.devnull, os.path.__name__, os.uname().sysname, os.error is OSError)

for top, folders, files in os.walk(BASE, topdown=False):
    for name in files:
        os.unlink(os.path.join(top, name))
    for name in folders:
        os.rmdir(os.path.join(top, name))
os.rmdir(BASE)
print(os.path.exists(BASE))
attempt("getcwd", os.getcwd)
