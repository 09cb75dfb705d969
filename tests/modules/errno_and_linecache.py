# gilbox: -A
# errno: numbers by names. linecache: lines of loaded and of other files.
import errno
import linecache
import os

print(errno.ENOENT, errno.EACCES, errno.EAGAIN == errno.EWOULDBLOCK, errno.errorcode[2], errno.errorcode[11])
print(sorted(n for n in vars(errno) if n[0] == "E" and n != "EFTYPE"))
try:
    open("/nothing/there")
except OSError as error:
    print(errno.errorcode[error.errno], error.errno == errno.ENOENT, os.strerror(error.errno))
print(repr(linecache.getline(__file__, 2)), repr(linecache.getline(__file__, 99999)), repr(linecache.getline(__file__, 0)))
print(len(linecache.getlines(__file__)) > 5, linecache.getlines("/nothing"), linecache.getline("<made up>", 1) == "")
PATH = "/tmp/gilbox-linecache-%d" % os.getpid()
with open(PATH, "w") as file:
    file.write("one\ntwo")
print(linecache.getlines(PATH), PATH in linecache.cache)
with open(PATH, "w") as file:
    file.write("three\n")
print(linecache.getline(PATH, 1))
linecache.checkcache(PATH)
print(linecache.getline(PATH, 1))
linecache.clearcache()
print(linecache.cache)
os.remove(PATH)
