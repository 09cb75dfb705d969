# gilbox: -A
# os: reading and writing at a place and with several buffers, folders given as descriptors, special descriptors, records.
import copy
import os
import pickle
import tempfile
import time


def show(source):
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "!!", type(error).__name__, error)


HOME = tempfile.mkdtemp()
os.chdir(HOME)
fd = os.open("f", os.O_RDWR | os.O_CREAT)
os.write(fd, b"hello world")
dd = os.open(".", os.O_RDONLY)
one, two = bytearray(3), bytearray(20)

print("# at a place, and with several buffers")
for source in """os.pread(fd, 5, 6)
os.pread(fd, -1, 0)
os.pread(fd, 3, -1)
os.pread(fd, 'x', 0)
os.pwrite(fd, b'WORLD', 6)
os.pwrite(fd, 'x', 0)
os.preadv(fd, [one, two], 2)
(one, bytes(two[:7]))
os.lseek(fd, 1, os.SEEK_SET)
os.readv(fd, (one, memoryview(two)[:2]))
(one, bytes(two[:7]))
os.readinto(fd, one), one
os.readinto(fd, b'x')
os.readv(fd, 5)
os.readv(fd, [b'x'])
os.readv(fd, [object()])
os.readv(fd, [])
os.readv(fd, [bytearray(1)] * 2000)
os.writev(fd, [b'ab', bytearray(b'cd'), memoryview(b'ef')])
os.writev(fd, 5)
os.writev(fd, [object()])
os.pwritev(fd, [b'x', b'y'], 0)
os.pread(fd, 99, 0)
os.lockf(fd, os.F_LOCK, 3)
os.lockf(fd, os.F_TEST, 3)
os.lockf(fd, os.F_ULOCK, 3)
os.lockf(fd, 99, 3)
os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_SEQUENTIAL)
os.posix_fadvise(fd, 0, 0, 99)
os.posix_fallocate(fd, 0, 0)
os.posix_fallocate(fd, 0, 100), os.fstat(fd).st_size
os.truncate(fd, 11), os.fstat(fd).st_size""".split("\n"):
    show(source)

print("# from one to another")
to = os.open("to", os.O_RDWR | os.O_CREAT)
for source in """os.copy_file_range(fd, to, 4, 2, 0), os.pread(to, 99, 0)
os.copy_file_range(fd, fd, -1)
os.sendfile(to, fd, 0, 3), os.pread(to, 99, 0)
os.sendfile(to, fd, 'x', 1)
os.splice(fd, to, 1)
os.splice(fd, to, -1)""".split("\n"):
    show(source)
ends = os.pipe()
os.lseek(fd, 0, os.SEEK_SET)
print(os.sendfile(ends[1], fd, None, 5), os.read(ends[0], 9), os.splice(fd, ends[1], 4), os.read(ends[0], 9))

print("# folders as descriptors")
for source in """os.stat('f', dir_fd=dd).st_size
os.stat('f', dir_fd='x')
os.stat('f', dir_fd=fd)
os.stat('f', dir_fd=12345)
os.stat(fd, dir_fd=dd)
os.stat(fd, follow_symlinks=False)
os.close(os.open('g', os.O_CREAT | os.O_WRONLY, dir_fd=dd))
os.open('nothing', os.O_RDONLY, dir_fd=dd)
os.mkdir('sub', dir_fd=dd)
os.rename('g', 'sub/g', src_dir_fd=dd, dst_dir_fd=dd)
os.symlink('sub/g', 's', dir_fd=dd)
os.readlink('s', dir_fd=dd)
os.link('s', 'hard', src_dir_fd=dd), os.path.islink('hard')
os.link('s', 'soft', follow_symlinks=False), os.path.islink('soft')
os.access('f', os.R_OK, dir_fd=dd, effective_ids=True), os.access('nothing', os.F_OK, dir_fd=dd)
os.chmod('f', 0o640, dir_fd=dd), oct(os.stat('f').st_mode)
os.fchmod(fd, 0o600), oct(os.stat('f').st_mode)
os.utime('f', (1, 2), dir_fd=dd), os.stat('f').st_mtime
os.utime(fd, ns=(3, 4_000_000_000)), os.stat('f').st_mtime_ns
os.utime('s', (5, 6), follow_symlinks=False), os.lstat('s').st_mtime, os.stat('s').st_mtime != 6
os.utime(fd, (1, 2), dir_fd=dd)
os.utime(fd, (1, 2), follow_symlinks=False)
os.chown('f', -1, -1), os.lchown('s', -1, -1), os.fchown(fd, -1, -1)
os.chown('f', 'x', -1)
os.chown('f', -2, -1)
os.chown(fd, -1, -1, dir_fd=dd)
os.lchown('nothing', -1, -1)
os.mkfifo('fifo', dir_fd=dd), os.mknod('node', dir_fd=dd), os.mknod('node')
os.unlink('node', dir_fd=dd), os.remove('fifo', dir_fd=dd)
sorted(os.listdir(dd))
sorted((entry.name, entry.path, entry.is_dir(), entry.is_symlink()) for entry in os.scandir(dd))
[(path, sorted(folders), sorted(files)) for path, folders, files, folder in os.fwalk()]
[path for path, *rest in os.fwalk('.', topdown=False)]
list(os.fwalk('nothing'))
os.fchdir(dd), os.getcwd() == HOME
os.fchdir('x')
os.rmdir('sub', dir_fd=dd)
os.DirEntry()""".split("\n"):
    show(source)
print(sorted(f.__name__ for f in os.supports_dir_fd), sorted(f.__name__ for f in os.supports_fd))
print(sorted(f.__name__ for f in os.supports_follow_symlinks), os.supports_effective_ids == {os.access})

print("# attributes beside the content")
try:
    os.setxattr("f", "user.colour", b"blue")
    seen = [os.listxattr("f"), os.getxattr(fd, "user.colour"), os.removexattr("f", "user.colour"), os.listxattr(fd)]
except OSError as error:
    # Not every file system keeps them.
    seen = [["user.colour"], b"blue", None, []] if error.errno == 95 else error
print(seen)
show("os.getxattr('nothing', 'user.colour')")
show("os.getxattr(fd, 'user.colour', follow_symlinks=False)")

print("# special descriptors")
counter = os.eventfd(3, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
show("os.eventfd_write(counter, 4), os.eventfd_read(counter)")
show("os.eventfd_read(counter)")
show("os.eventfd(-1)")
show("os.eventfd_write(counter, -1)")
timer = os.timerfd_create(time.CLOCK_MONOTONIC)
show("os.timerfd_settime(timer, initial=100, interval=0.25)")
show("os.timerfd_settime_ns(timer, initial=1)[1], len(os.read(timer, 8)), os.timerfd_gettime(timer)")
show("os.timerfd_create(99)")
show("os.timerfd_settime(fd, initial=1)")
memory = os.memfd_create("buffer")
show("os.write(memory, b'abc'), os.pread(memory, 9, 1), os.get_inheritable(memory)")
show("os.memfd_create(5)")
for name in ("ttyname", "tcgetpgrp", "ptsname"):
    show(f"os.{name}(fd)")
show("os.isatty(fd), os.device_encoding(fd), os.device_encoding(12345), os.ctermid()")
show("os.O_TMPFILE & os.O_DIRECTORY == os.O_DIRECTORY, os.O_ACCMODE, os.O_NDELAY == os.O_NONBLOCK")

print("# what the system says")
for source in """os.confstr('CS_PATH')
os.confstr('x')
os.confstr(1.5)
os.confstr(9999)
os.sysconf('SC_PAGESIZE') == os.sysconf(30)
os.sysconf('x')
os.pathconf('.', 'PC_NAME_MAX'), os.fpathconf(fd, 'PC_PIPE_BUF')
os.pathconf(1.5, 1)
os.pathconf('nothing', 0)
os.statvfs('.').f_bsize == os.fstatvfs(fd).f_bsize, type(os.statvfs(fd))
os.statvfs('nothing')
os.statvfs(1.5)
os.major(0x801), os.minor(0x801), os.makedev(8, 1), os.makedev(259, 70000), os.major(-1)
len(os.getrandom(5)), len(os.getrandom(5, os.GRND_NONBLOCK))
os.getrandom(-1)
os.getuid() in os.getresuid(), os.getgid() in os.getresgid(), isinstance(os.getgroups(), list)
os.getgrouplist('nobody here', 7)
os.getgrouplist(5, 7)
os.setuid('x')
os.setuid(-5)
os.setgroups(5)
os.sched_getscheduler(0), os.sched_getparam(0), os.sched_rr_get_interval(0) >= 0
os.sched_get_priority_min(os.SCHED_FIFO), os.sched_get_priority_max(os.SCHED_FIFO)
os.sched_get_priority_max(99)
os.sched_setscheduler(0, 0, os.sched_param(0))
os.sched_setscheduler(0, 0, 5)
os.setpriority(os.PRIO_PROCESS, 0, os.getpriority(os.PRIO_PROCESS, 0))""".split("\n"):
    show(source)

print("# records")
for source in """os.statvfs_result(range(10))
os.statvfs_result(range(11)).f_fsid
os.statvfs_result(range(9))
os.statvfs_result(range(12))
os.stat_result(range(9))
os.stat_result(range(10)).st_atime, os.stat_result(range(10)).st_atime_ns
os.stat_result(range(19)).st_rdev, os.stat_result(range(19)).st_mtime
os.stat_result(range(10), {'st_atime_ns': 5}).st_atime_ns
os.stat_result.__match_args__
(os.stat_result.n_fields, os.stat_result.n_sequence_fields, os.stat_result.n_unnamed_fields)
os.terminal_size((1, 2)).__replace__(lines=5)
copy.replace(os.terminal_size((1, 2)), columns=7)
os.terminal_size((1, 2)).__replace__(x=5)
os.terminal_size((1, 2)).__replace__(3)
copy.replace(os.stat_result(range(10)), st_mode=3)
os.terminal_size((1, 2)).__reduce__()
os.terminal_size((1,))
os.terminal_size(5)
os.sched_param(1), os.sched_param(sched_priority=3).__reduce__()
pickle.loads(pickle.dumps(os.terminal_size((1, 2))))
os.uname().__match_args__, os.times_result(range(5))""".split("\n"):
    show(source)

print("# the environment")
for source in """os.environ.__setitem__('a=b', 'c')
os.environ.__setitem__('', 'c')
os.environ.__setitem__('a', 'c\\0')
os.environ.__delitem__('')
os.environ.pop('nothing')
os.environ.pop('nothing', 3)
os.environ.get(5)
os.environ.update(GILBOX_X='1'), os.environ['GILBOX_X'], os.environb[b'GILBOX_X']
os.putenv(b'GILBOX_Y', 'v'), os.environ.get('GILBOX_Y')
os.reload_environ(), os.environ.get('GILBOX_Y')
os.unsetenv('GILBOX_Y'), os.getenv('GILBOX_Y'), os.reload_environ(), os.getenv('GILBOX_Y'), os.getenvb(b'GILBOX_X')
os.unsetenv('a=b')
os.putenv('a=b', 'c')
os.putenv(1, 'c')
os.environb['x']
os.getenv(b'x')
os.getenvb('x')
os.environ | 5
(os.environ | {'x': 1})['x'], ({'x': 1} | os.environ)['x']
os.environ.copy().__class__, type(os.environ.keys()), repr(os.environ)[:9], repr(os.environb)[:10]
os.environ == dict(os.environ), os.supports_bytes_environ
type(os.environ).__mro__
hash(os.environ)""".split("\n"):
    show(source)
for number in (fd, dd, to, counter, timer, memory, *ends):
    os.close(number)
show("os.path.realpath('nothing/x', strict=os.path.ALLOW_MISSING) == os.path.realpath('nothing/x'), os.path.ALLOW_MISSING")
os.chdir("/")
for path, folders, files in os.walk(HOME, topdown=False):
    for name in files:
        os.remove(os.path.join(path, name))
    os.rmdir(path)
