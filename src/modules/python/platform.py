"""What machine and system the program runs on."""

import collections
import os
import sys

__all__ = ["AndroidVer", "IOSVersionInfo", "android_ver", "invalidate_caches", "ios_ver", "system_alias", "win32_edition",
           "win32_is_iot", "architecture", "freedesktop_os_release", "java_ver", "libc_ver", "mac_ver", "machine", "node", "platform",
           "processor", "python_branch", "python_build", "python_compiler", "python_implementation", "python_revision",
           "python_version", "python_version_tuple", "release", "system", "uname", "uname_result", "version",
           "win32_ver"]


class uname_result(collections.namedtuple("uname_result_base", "system node release version machine")):
    """The answers of uname(), and a processor's name that nobody knows."""

    _fields = ("system", "node", "release", "version", "machine", "processor")

    @property
    def processor(self):
        return ""

    def __iter__(self):
        yield from super().__iter__()
        yield self.processor

    def __len__(self):
        return 6

    def __getitem__(self, key):
        return tuple(self)[key]

    @classmethod
    def _make(cls, iterable):
        return cls(*iterable)

    def _replace(self, /, **kwds):
        values = {name: getattr(self, name) for name in super()._fields}
        unexpected = [name for name in kwds if name not in values]
        if unexpected:
            raise TypeError(f"Got unexpected field names: {unexpected!r}")
        return uname_result(**(values | kwds))

    def __repr__(self):
        return f"uname_result({', '.join(f'{name}={getattr(self, name)!r}' for name in super()._fields)})"

    def __reduce__(self):
        return uname_result, tuple(self)[:5]


_uname = None


def uname():
    """Tuple of strings that identify the underlying platform."""
    global _uname
    if _uname is None:
        _uname = uname_result(*os.uname())
    return _uname


def system():
    return uname().system


def node():
    return uname().node


def release():
    return uname().release


def version():
    return uname().version


def machine():
    return uname().machine


def processor():
    return uname().processor


def architecture(executable=sys.executable, bits="", linkage=""):
    """Bits of a pointer, and the format of programs."""
    os.fspath(executable)
    return bits or ("64bit" if sys.maxsize > 2**32 else "32bit"), linkage or "ELF"


# The marks that C libraries leave in programs: of the oldest, of glibc, of musl, of a library by its file's name.
_LIBC = (rb"(__libc_init)|GLIBC_([0-9.]+)|musl-([0-9.]+)|(?:libc\.|ld-)(musl)(?:-\w+)?(?:\.so(?:\.(\d[0-9.]*))?)?"
         rb"|libc(_\w+)?\.so(?:\.(\d[0-9.]*))?")


def _newer(version, than):
    def parts(text):
        return [int(part) if part.isdigit() else 0 for part in text.split(".")]
    return parts(version) > parts(than)


def libc_ver(executable=None, lib="", version="", chunksize=16384):
    """Name and version of the C library: of this process, or by the marks in a program's file."""
    if not executable:
        try:
            name, number = os.confstr("CS_GNU_LIBC_VERSION").split(maxsplit=1)
            return name, number
        except (AttributeError, ValueError, OSError):
            executable = sys.executable
            if not executable:
                return lib, version
    import re
    with open(os.path.realpath(executable), "rb") as file:
        content = file.read()
    library, found, threaded = "", "", ""
    for mark in re.finditer(_LIBC, content, re.ASCII):
        oldest, glibc, musl, musl_file, musl_version, threads, version_of_file = [
            text and text.decode("latin-1") for text in mark.groups()]
        if oldest:
            library = library or lib or "libc"
        elif glibc:
            if library != "glibc":
                library, found = "glibc", glibc
            elif _newer(glibc, found):
                found = glibc
        elif musl or musl_file:
            library = "musl"
            number = musl or musl_version
            if number and (not found or _newer(number, found)):
                found = number
        elif library not in ("glibc", "musl"):
            library = "libc"
            if version_of_file and (not found or _newer(version_of_file, found)):
                found = version_of_file
            if threads and not found.endswith(threads):
                found += threads
    return library or lib, found or version


def platform(aliased=False, terse=False):
    """A single string that says what there is to know."""
    words = [system(), release()]
    if not terse:
        words += [machine(), processor()]
        words += ["with", "".join(libc_ver())] if libc_ver()[0] else []
    text = "-".join(word.strip() for word in words if word)
    return text.replace(" ", "_").replace("/", "-")


def python_implementation():
    name = sys.implementation.name
    return "CPython" if name == "cpython" else name


def python_version():
    return sys.version.split()[0]


def python_version_tuple():
    return tuple(python_version().split("."))


def python_branch():
    return ""


def python_revision():
    return ""


def python_build():
    return "main", ""


def python_compiler():
    before, _, compiler = sys.version.partition("[")
    return compiler.rstrip("]")


def mac_ver(release="", versioninfo=("", "", ""), machine=""):
    return release, versioninfo, machine


def win32_ver(release="", version="", csd="", ptype=""):
    return release, version, csd, ptype


def java_ver(release="", vendor="", vminfo=("", "", ""), osinfo=("", "", "")):
    import warnings
    warnings.warn("'java_ver' is deprecated and slated for removal in Python 3.15", DeprecationWarning, stacklevel=2)
    return release, vendor, vminfo, osinfo


def _os_release(lines):
    """The assignments of a shell among lines, without quotes and what escapes in them."""
    import re
    found = {"NAME": "Linux", "ID": "linux", "PRETTY_NAME": "Linux"}
    for line in lines:
        assigned = re.fullmatch(r"([a-zA-Z0-9_]+)=([\"']?)(.*)\2", line.rstrip("\n"), re.DOTALL)
        if assigned is not None:
            found[assigned[1]] = re.sub(r"\\([\\$\"'`])", r"\1", assigned[3])
    return found


def freedesktop_os_release():
    """What the system says of itself in its os-release file."""
    for path in ("/etc/os-release", "/usr/lib/os-release"):
        try:
            with open(path, encoding="utf-8") as file:
                return _os_release(file)
        except OSError as problem:
            last = problem
    raise OSError(last.errno, "Unable to read files /etc/os-release, /usr/lib/os-release")


AndroidVer = collections.namedtuple("AndroidVer", "release api_level manufacturer model device is_emulator")
IOSVersionInfo = collections.namedtuple("IOSVersionInfo", ["system", "release", "model", "is_simulator"])


def android_ver(release="", api_level=0, manufacturer="", model="", device="", is_emulator=False):
    """The version of Android: what was given, since this is none."""
    return AndroidVer(release, api_level, manufacturer, model, device, is_emulator)


def ios_ver(system="", release="", model="", is_simulator=False):
    """The version of iOS: what was given, since this is none."""
    return IOSVersionInfo(system, release, model, is_simulator)


def win32_edition():
    """The edition of Windows, which this is none of."""
    return None


def win32_is_iot():
    """Whether this is Windows for small devices."""
    return False


def system_alias(system, release, version):
    """The names under which a system is sold."""
    if system == "SunOS" and release >= "5":
        # The fifth SunOS was sold as Solaris 2.
        major, *rest = release.split(".")
        if major.isdecimal():
            release = ".".join([str(int(major) - 3), *rest])
        system = "Solaris"
    elif system in ("win32", "win16"):
        system = "Windows"
    return system, release, version


def invalidate_caches():
    """Forget what was asked of the system."""
    global _uname
    _uname = None


def _main():
    import argparse
    parser = argparse.ArgumentParser()
    parser.add_argument("args", nargs="*", choices=["nonaliased", "terse"])
    parser.add_argument("--terse", action="store_true",
                        help="return only the absolute minimum information needed to identify the platform")
    parser.add_argument("--nonaliased", dest="aliased", action="store_false",
                        help="disable system/OS name aliasing. If aliasing is enabled, some platforms report system "
                             "names different from their common names, e.g. SunOS is reported as Solaris")
    args = parser.parse_args()
    print(platform(args.aliased and "nonaliased" not in args.args, args.terse or "terse" in args.args))


if __name__ == "__main__":
    _main()
