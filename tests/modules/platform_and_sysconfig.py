# gilbox: -A
# platform and sysconfig: the questions that programs ask before they start threads.
import platform
import sys
import sysconfig

print(platform.system(), platform.machine() == platform.uname().machine, platform.python_version_tuple()[:2])
print(platform.python_version() == sys.version.split()[0], platform.architecture()[0])
u = platform.uname()
print(len(u), u._fields, u[0] == u.system, u.processor, list(u)[:1], u == tuple(u)[:5] or u == tuple(u))
print(type(u).__name__, repr(u).startswith("uname_result(system='Linux', node="))
print(platform.platform().startswith("Linux-"), platform.platform(terse=True).startswith("Linux-"))
print(platform.node() == u.node, platform.release() == u.release, platform.version() == u.version)
print(isinstance(platform.python_compiler(), str), len(platform.python_build()), platform.win32_ver(), platform.mac_ver())

print(sysconfig.get_config_var("Py_GIL_DISABLED") == (not sys._is_gil_enabled()), sysconfig.get_config_var("nothing"))
print(sysconfig.get_config_vars("VERSION", "nothing"), "prefix" in sysconfig.get_config_vars())
print(sysconfig.get_python_version(), sysconfig.get_platform() == "linux-" + platform.machine())
print(sysconfig.get_config_var("VERSION"), sysconfig.get_config_var("py_version_nodot"), sysconfig.get_config_var("SIZEOF_VOID_P"))
print(sorted(sysconfig.get_paths()))
print(sysconfig.get_path("stdlib") == sysconfig.get_paths()["stdlib"])
try:
    sysconfig.get_path("nothing")
except KeyError as e:
    print("KeyError", e)
print(sysconfig.is_python_build())

# Names of the system can be replaced, all but the processor's, which is found out.
changed = u._replace(node="elsewhere")
print(type(changed).__name__, changed.node, changed.system == u.system, len(changed), sorted(u._asdict()))
print(platform.uname_result("a", "b", "c", "d", "e"), platform.uname_result._make("abcde"))
for wrong in (lambda: u._replace(processor="x"), lambda: u._make("abc"), lambda: platform.uname_result(1, 2)):
    try:
        wrong()
    except TypeError as e:
        print("TypeError", e)

# The C library of a program, by the marks in its file.
import os
import tempfile

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "program")
    for marks in (b"__libc_init", b"GLIBC_2.9", b"libc.so.1.2.5", b"libc_pthread.so.1.2.5", b"/src/musl-1.2.5",
                  b"libc.musl-x86_64.so.1.2.5", b"ld-musl-x86_64.so.1", b"", b"GLIBC_2.9..GLIBC_2.23..GLIBC_2.4",
                  b"libc.so.1..GLIBC_2.2", b"libc.so.2.1 libc.so.1.9"):
        with open(path, "wb") as file:
            file.write(b"[xx" + marks + b"xx]")
        print(marks, platform.libc_ver(path), platform.libc_ver(path, lib="mine", version="0"))

import warnings

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    print(platform.java_ver("1"), caught[0].category.__name__, caught[0].message)
