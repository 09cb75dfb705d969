# gilbox: -A
# tempfile: files and folders with names of their own, where they are made, and when they go away.
import os
import tempfile


def attempt(what, action):
    try:
        print(what, "->", action())
    except Exception as error:
        print(what, "->", type(error).__name__, error)


print(tempfile.gettempprefix(), tempfile.gettempprefixb(), os.path.isdir(tempfile.gettempdir()), os.fsencode(tempfile.gettempdir()) == tempfile.gettempdirb())
print(tempfile.tempdir == tempfile.gettempdir(), tempfile.template)
with tempfile.TemporaryDirectory() as folder:
    print(type(folder), os.path.isdir(folder), os.path.basename(folder)[:3], len(os.path.basename(folder)), oct(os.stat(folder).st_mode))
    os.makedirs(os.path.join(folder, "a/b"))
    with open(os.path.join(folder, "a/b/c"), "w") as file:
        file.write("x")
    os.symlink("/tmp", os.path.join(folder, "link"))
print(os.path.exists(folder))
kept = tempfile.TemporaryDirectory(suffix=".end", prefix="begin-")
print(kept.name.endswith(".end"), "begin-" in kept.name, repr(kept) == f"<TemporaryDirectory {kept.name!r}>")
kept.cleanup()
kept.cleanup()
print(os.path.exists(kept.name))
with tempfile.TemporaryDirectory(delete=False) as folder:
    pass
print(os.path.isdir(folder))
base = folder

handle, name = tempfile.mkstemp(".txt", "pre", base)
print(os.path.dirname(name) == base, os.path.basename(name)[:3], name[-4:], oct(os.stat(name).st_mode), os.write(handle, b"data"))
os.close(handle)
os.unlink(name)
print(type(tempfile.mkdtemp(dir=base)), type(tempfile.mkdtemp(dir=os.fsencode(base))), len(os.listdir(base)))
attempt("mixed", lambda: tempfile.mkstemp(b"x", "y"))
try:
    tempfile.mkstemp(dir="/no/such/folder")
except FileNotFoundError as error:
    print(error.errno, error.strerror, error.filename.startswith("/no/such/folder/tmp"))
name = tempfile.mktemp(".x", dir=base)
print(os.path.exists(name), name.startswith(base), len({tempfile.mktemp() for _ in range(50)}))

with tempfile.NamedTemporaryFile(dir=base) as file:
    print(os.path.exists(file.name), file.write(b"hello\nworld\n"), file.seek(0), file.read(), file.mode, file.closed)
    file.flush()
    with open(file.name, "rb") as other:
        print(other.read())
    file.seek(0)
    print(list(file), type(file).__name__, callable(file.file.read))
print(os.path.exists(file.name), file.closed)
file = tempfile.NamedTemporaryFile("w+", encoding="utf-8", suffix=".txt", dir=base)
file.write("\u20ac")
file.close()
print(os.path.exists(file.name))
file = tempfile.NamedTemporaryFile(dir=base, delete=False)
file.close()
print(os.path.exists(file.name))
os.unlink(file.name)
with tempfile.NamedTemporaryFile(dir=base, delete_on_close=False) as file:
    file.write(b"x")
    file.close()
    print(os.path.exists(file.name))
print(os.path.exists(file.name))
attempt("mode", lambda: tempfile.NamedTemporaryFile("bad", dir=base))
before = len(os.listdir(base))
with tempfile.TemporaryFile("w+", dir=base) as file:
    print(file.write("nameless"), file.seek(0), file.read(), len(os.listdir(base)) == before)

for mode, data in (("w+b", b"0123456789"), ("w+", "0123456789")):
    with tempfile.SpooledTemporaryFile(12, mode, dir=base) as file:
        print(file.write(data), file._rolled, file.name, file.mode, file.write(data[:4]), file._rolled, file.tell(), file.seek(0), file.read())
        print(file.readable(), file.writable(), file.seekable(), file.truncate(5), file.closed)
    print(file.closed)
file = tempfile.SpooledTemporaryFile(dir=base)
file.writelines([b"a\n", b"b\n"])
file.seek(0)
print(file.readlines(), file._rolled, file.fileno() > 2, file._rolled)
file.seek(0)
print([line for line in file])
file.close()
attempt("closed", lambda: file.__enter__())
tempfile.tempdir = base
print(tempfile.gettempdir() == base, os.path.dirname(tempfile.mkdtemp()) == base)
tempfile.TemporaryDirectory._rmtree(base)
print(os.path.exists(base))
