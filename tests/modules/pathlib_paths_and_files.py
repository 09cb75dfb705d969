# gilbox: -A
# pathlib: paths as text, their parts and patterns; files and folders; what is refused.
import copy
import os
import pathlib
import sys
from pathlib import Path, PosixPath, PurePath, PurePosixPath

BASE = "/tmp/gilbox-pathlib-%d" % os.getpid()


def attempt(what, action):
    try:
        print(what, "->", repr(action()).replace(BASE, "BASE"))
    except Exception as error:
        print(what, "->", type(error).__name__, str(error).replace(BASE, "BASE"))


P = PurePosixPath
for text in ["", ".", "/", "//", "///", "a", "a/b", "/a/b.txt", "a//b/./c/", "../x", "//a/b", ".hidden", "a.tar.gz", "a.", "..", "a/..",
             ".a.b", "x y/\xe9", "./a", "a/.b.c"]:
    p = P(text)
    print(repr(text), p, p.parts, repr(p.root), p.anchor, p.name, p.stem, p.suffix, p.suffixes, p.parent, p.is_absolute(), len(p.parents))
p = P("/usr/lib/python/x.py")
print(list(p.parents), p.parents[0], p.parents[-1], p.parents[1:3], p.parents, repr(p.parents[0:0]))
attempt("parents", lambda: p.parents[4])
attempt("parents", lambda: p.parents[-5])
print(PurePath("a", "b"), PurePath("a", "/b", "c"), PurePath(P("a"), "b"), PurePath(), type(PurePath("a")), type(Path("a")))
print(P("a") / "b" / P("c"), "x" / P("y"), P("a") / "/b", P("a").joinpath("b", "c"), P("a/b") == P("a//b/"), P("a") == "a", P("a") < P("b"))
print(sorted([P("b"), P("a/c"), P("a"), P("a.b")]), {P("a"): 1}[P("a")], hash(P("a")) == hash(P("a")), P("a") == Path("a"), repr(Path("x")))
for what, action in {
    "with_name": lambda: P("a/b").with_name("c"), "bad name": lambda: P("a/b").with_name(""), "slash": lambda: P("a").with_name("b/c"),
    "empty": lambda: P("/").with_name("x"), "dot": lambda: P("a").with_name("."), "stem": lambda: P("a/b.txt").with_stem("c"),
    "no stem": lambda: P("a/b.txt").with_stem(""), "suffix": lambda: P("a/b.txt").with_suffix(".py"),
    "no suffix": lambda: P("a/b.txt").with_suffix(""), "add": lambda: P("a/b").with_suffix(".py"), "bad": lambda: P("a/b").with_suffix("py"),
    "dot only": lambda: P("a/b").with_suffix("."), "of nothing": lambda: P("/").with_suffix(".x"), "tar": lambda: P("a.tar.gz").with_suffix(".bz2"),
    "slash in": lambda: P("a").with_suffix("./x"),
    "relative": lambda: P("/a/b/c").relative_to("/a"), "self": lambda: P("a").relative_to("a"), "not": lambda: P("/a/b").relative_to("/c"),
    "up": lambda: P("/a/b").relative_to("/a/c/d", walk_up=True), "anchors": lambda: P("/a").relative_to("b", walk_up=True),
    "dots": lambda: P("a/b").relative_to("a/../c", walk_up=True), "is": lambda: (P("a/b").is_relative_to("a"), P("a").is_relative_to("b")),
    "int": lambda: P(5), "bytes": lambda: P(b"a"), "truediv": lambda: P("a") / 5, "rtruediv": lambda: 5 / P("a"), "lt": lambda: P("a") < "b",
    "uri": lambda: Path("/a b/\xe9").as_uri(), "relative uri": lambda: Path("a").as_uri(), "from uri": lambda: Path.from_uri("file:///a%20b/%C3%A9"),
    "local": lambda: Path.from_uri("file://localhost/x"), "no uri": lambda: Path.from_uri("http://x"), "short": lambda: Path.from_uri("file:x"),
    "bytes of": lambda: bytes(P("a/\xe9")), "fspath": lambda: os.fspath(P("a/b")), "posix": lambda: P("a/b").as_posix(),
    "reduce": lambda: P("a", "b").__reduce__(), "copy": lambda: copy.deepcopy(P("a/b")), "segments": lambda: P("a").with_segments("b", "c"),
    "truth": lambda: isinstance(P("a"), os.PathLike),
}.items():
    attempt(what, action)
for path, pattern in [("a/b.py", "*.py"), ("a/b.py", "b.*"), ("a/b.py", "a/*.py"), ("/a/b.py", "/*.py"), ("/a/b.py", "/a/*"), ("a/b/c", "a/**/c"),
                      ("a/b/c/d", "a/**/d"), ("a/d", "a/**/d"), ("a", "**"), ("a/b", "**/b"), ("A.PY", "*.py"), ("a", "[ab]"), ("c", "[!ab]"),
                      ("a/b", "*"), ("ab", "a?"), ("a", "a?"), ("[", "[[]"), ("x-y", "x[-]y"), ("a/b/c", "**/*"), (".h", "*"), ("a.b.c", "a.*.c")]:
    print(path, pattern, P(path).match(pattern), P(path).full_match(pattern), P(path).match(pattern, case_sensitive=False))
attempt("empty", lambda: P("a").match(""))

base = Path(BASE)
attempt("mkdir", lambda: base.mkdir())
attempt("again", lambda: base.mkdir())
attempt("exist_ok", lambda: base.mkdir(exist_ok=True))
attempt("deep", lambda: (base / "x/y").mkdir())
attempt("parents", lambda: (base / "x/y").mkdir(parents=True))
file = base / "file.txt"
attempt("write", lambda: file.write_text("one\ntwo \xe9\n", encoding="utf-8"))
attempt("read", lambda: file.read_text(encoding="utf-8"))
attempt("bytes", lambda: file.read_bytes())
attempt("latin", lambda: file.read_text("latin-1"))
attempt("write bytes", lambda: (base / "data").write_bytes(b"\0\1\2"))
attempt("write int", lambda: file.write_text(5))
attempt("write str", lambda: file.write_bytes("x"))
attempt("missing", lambda: (base / "none").read_text())
with file.open() as opened:
    print(opened.readline(), opened.name == str(file))
with (base / "new").open("w") as opened:
    opened.write("new")
for path in (file, base, base / "none", base / "x", Path("/dev/null")):
    print(path.name.partition("-")[0], path.exists(), path.is_file(), path.is_dir(), path.is_symlink(), path.is_char_device(), path.is_fifo(), path.info.exists(),
          path.info.is_file(), path.info.is_dir())
print(file.stat().st_size, file.samefile(base / "x/../file.txt"), base.is_mount(), Path("/").is_mount())
link = base / "link"
attempt("symlink", lambda: link.symlink_to(file))
print(link.is_symlink(), link.is_file(), link.readlink() == file, link.resolve() == file, link.lstat().st_mode != file.stat().st_mode)
attempt("readlink", lambda: file.readlink())
attempt("hardlink", lambda: (base / "hard").hardlink_to(file))
print((base / "hard").samefile(file), file.stat().st_nlink)
(base / "dangling").symlink_to("nowhere")
print((base / "dangling").exists(), (base / "dangling").exists(follow_symlinks=False), (base / "dangling").is_symlink())
print(sorted(p.name for p in base.iterdir()))
attempt("iterdir", lambda: list((base / "none").iterdir()))
attempt("iterdir", lambda: list(file.iterdir()))
for name in ("x/a.py", "x/y/b.py", "x/y/c.txt", "x/.hidden"):
    (base / name).touch()
attempt("touch", lambda: file.touch(exist_ok=False))


def found(paths):
    return sorted(str(path.relative_to(base)) for path in paths)


for pattern in ["*", "*.py", "**/*.py", "**", "**/", "x/*", "*/*.py", "x/**/*", "*/", "**/y/*", "nothing", "x/y", "x/../file*", "fi?e.txt", "[fd]*"]:
    print(pattern, found(base.glob(pattern)))
print("rglob", found(base.rglob("*.py")), found(base.rglob("y")), len(found(base.rglob(""))))
print(found(base.glob("*.PY", case_sensitive=False)), found(base.glob("x/*.PY")))
attempt("glob", lambda: list(base.glob("")))
attempt("glob", lambda: list(base.glob("/x")))
for path, folders, files in sorted(base.walk()):
    print(path.relative_to(base), sorted(folders), sorted(files))
print([path.name for path, _, _ in (base / "x").walk(top_down=False)], list((base / "none").walk()))
attempt("rename", lambda: (base / "new").rename(base / "renamed"))
attempt("replace", lambda: (base / "renamed").replace(str(base / "data")))
print((base / "data").read_text())
attempt("rename", lambda: (base / "none").rename("x"))
attempt("copy", lambda: file.copy(base / "copy.txt"))
attempt("copy tree", lambda: (base / "x").copy(base / "z"))
print(found((base / "z").rglob("*")))
attempt("copy self", lambda: file.copy(file))
attempt("copy into itself", lambda: (base / "x").copy(base / "x/inner"))
attempt("copy_into", lambda: file.copy_into(base / "z"))
attempt("move", lambda: (base / "copy.txt").move(base / "moved.txt"))
attempt("move_into", lambda: (base / "moved.txt").move_into(base / "z"))
attempt("chmod", lambda: file.chmod(0o600))
print(oct(file.stat().st_mode))
attempt("unlink", lambda: (base / "none").unlink())
attempt("missing_ok", lambda: (base / "none").unlink(missing_ok=True))
attempt("rmdir", lambda: (base / "x").rmdir())
os.chdir(base)
print(Path.cwd() == base, Path("a").absolute() == base / "a", Path("x/../y").resolve() == base / "y", Path(".").absolute() == base)
attempt("strict", lambda: Path("none").resolve(strict=True))
os.environ["HOME"] = "/home/me"
print(Path("~/x").expanduser(), Path.home(), Path("a/~").expanduser())
attempt("expanduser", lambda: Path("~no-such-user-here/x").expanduser())


class MyPath(Path):
    def __init__(self, *args, note="none"):
        super().__init__(*args)
        self.note = note

    def with_segments(self, *args):
        return type(self)(*args, note=self.note)


mine = MyPath("a/b", note="kept")
print(repr(mine), mine.parent.note, (mine / "c").note, mine.with_name("z").note, type(mine.parent).__name__, mine.parents[0].note)
print(Path.__mro__, pathlib.UnsupportedOperation.__mro__[1], isinstance(Path("x"), PosixPath))


def remove(path):
    for entry in path.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            remove(entry)
        else:
            entry.unlink()
    path.rmdir()


os.chdir("/")
remove(base)
print(base.exists())
