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
