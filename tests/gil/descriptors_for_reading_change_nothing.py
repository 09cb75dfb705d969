# gilbox: --allow-read=/
# A descriptor that was opened for reading changes nothing of its file, by whatever name it is called.
import os


def show(source):
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "!!", type(error).__name__, error)


def refused(path):
    try:
        os.open(path, os.O_WRONLY)
    except PermissionError as error:
        return error.strerror


fd = os.open(__file__, os.O_RDONLY)
folder = os.open(os.path.dirname(__file__), os.O_RDONLY)
for source in """os.truncate(fd, 0)
os.ftruncate(fd, 0)
os.chmod(fd, 0o600)
os.fchmod(fd, 0o600)
os.utime(fd)
os.chown(fd, -1, -1)
os.fchown(fd, -1, -1)
os.setxattr(fd, 'user.x', b'')
os.removexattr(fd, 'user.x')
os.open('new', os.O_WRONLY | os.O_CREAT, dir_fd=folder)
os.mkdir('new', dir_fd=folder)
os.unlink('new', dir_fd=folder)
os.rename('new', 'newer', src_dir_fd=folder, dst_dir_fd=folder)
os.link('new', 'newer', src_dir_fd=folder, dst_dir_fd=folder)
os.symlink('new', 'newer', dir_fd=folder)
os.mkfifo('new', dir_fd=folder)
os.mknod('new', dir_fd=folder)
os.chmod(os.path.basename(__file__), 0o600, dir_fd=folder)
refused(f'/proc/self/fd/{fd}')
os.stat(os.path.basename(__file__), dir_fd=folder).st_size > 100
os.statvfs(fd).f_bsize > 0
os.path.basename(__file__) in os.listdir(folder)""".split("\n"):
    show(source)
