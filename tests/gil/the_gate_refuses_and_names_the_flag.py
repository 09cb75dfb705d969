# Without flags a program touches no file; each refusal names the flag that is missing.
import os


def attempt(what, action):
    try:
        print(what, "->", action())
    except Exception as error:
        print(what, "->", type(error).__name__, error)


attempt("read", lambda: open("/etc/hostname"))
attempt("read what is not there", lambda: open("/nothing/at/all"))
attempt("write", lambda: open("/tmp/gilbox-never", "w"))
attempt("append", lambda: open("/tmp/gilbox-never", "a"))
attempt("own source", lambda: open(__file__))
attempt("os.open", lambda: os.open("/etc/hostname", os.O_RDONLY))
attempt("stat", lambda: os.stat("/etc"))
attempt("lstat", lambda: os.lstat("/etc"))
attempt("exists", lambda: os.path.exists("/etc"))
attempt("exists not", lambda: os.path.exists("/nothing/at/all"))
for name in ("isfile", "isdir", "islink", "lexists", "ismount", "getsize"):
    attempt(name, lambda: getattr(os.path, name)("/etc"))
attempt("access", lambda: os.access("/etc", os.R_OK))
attempt("listdir", lambda: os.listdir("/"))
attempt("scandir", lambda: os.scandir("/"))
attempt("readlink", lambda: os.readlink("/proc/self/exe"))
attempt("mkdir", lambda: os.mkdir("/tmp/gilbox-never"))
attempt("remove", lambda: os.remove("/tmp/gilbox-never"))
attempt("rename", lambda: os.rename("/tmp/a", "/tmp/b"))
attempt("link", lambda: os.link("/etc/hostname", "/tmp/b"))
attempt("symlink", lambda: os.symlink("/etc/hostname", "/tmp/b"))
attempt("chmod", lambda: os.chmod("/tmp/a", 0o777))
attempt("truncate", lambda: os.truncate("/tmp/a", 0))
attempt("utime", lambda: os.utime("/tmp/a"))
attempt("chdir", lambda: os.chdir("/"))
attempt("system", lambda: os.system("true"))
attempt("kill", lambda: os.kill(1, 0))
# Numbers that somebody else's descriptors have are no descriptors.
for number in range(3, 12):
    for action in (lambda: os.read(number, 1), lambda: os.write(number, b"x"), lambda: os.close(number),
                   lambda: open(number, closefd=False), lambda: os.fstat(number), lambda: os.dup(number)):
        try:
            action()
            print("descriptor", number, "is ours")
        except OSError as error:
            assert error.errno == 9, error
# What the program makes itself it may use.
reader, writer = os.pipe()
print(os.write(writer, b"mine"), os.read(reader, 4))
os.close(reader)
attempt("closed", lambda: os.read(reader, 1))
attempt("/dev/null", lambda: open(os.devnull, "w").write("x"))
print(os.getpid() > 0, "PATH" in os.environ, len(os.getcwd()) > 0)
