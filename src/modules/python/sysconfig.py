"""Access to the configuration of the interpreter."""

import os
import sys

__all__ = ["get_config_h_filename", "get_config_var", "get_config_vars", "get_makefile_filename", "get_path",
           "get_path_names", "get_paths", "get_platform", "get_python_version", "get_scheme_names",
           "get_default_scheme", "get_preferred_scheme", "parse_config_h"]

_version = "%d.%d" % sys.version_info[:2]
_prefix = getattr(sys, "prefix", "/usr")

_scheme = {
    "stdlib": "{base}/lib/python{version}",
    "platstdlib": "{base}/lib/python{version}",
    "purelib": "{base}/lib/python{version}/site-packages",
    "platlib": "{base}/lib/python{version}/site-packages",
    "include": "{base}/include/python{version}",
    "platinclude": "{base}/include/python{version}",
    "scripts": "{base}/bin",
    "data": "{base}",
}

# The lock is a matter of how a program is started here, not of how the interpreter was built.
_variables = {
    "prefix": _prefix,
    "exec_prefix": _prefix,
    "base": _prefix,
    "platbase": _prefix,
    "installed_base": _prefix,
    "py_version": sys.version.split()[0],
    "py_version_short": _version,
    "py_version_nodot": _version.replace(".", ""),
    "VERSION": _version,
    "Py_GIL_DISABLED": 0 if sys.flags.gil else 1,
    "Py_DEBUG": 0,
    "Py_ENABLE_SHARED": 0,
    "WITH_PYMALLOC": 0,
    "SIZEOF_VOID_P": 8 if sys.maxsize > 2**32 else 4,
    "EXT_SUFFIX": None,
    "SOABI": None,
    "abiflags": getattr(sys, "abiflags", ""),
    "abi_thread": "" if sys.flags.gil else "t",
    "implementation": sys.implementation.name,
    "implementation_lower": sys.implementation.name.lower(),
    "platlibdir": "lib",
    "userbase": os.path.join("~", ".local"),
}


def get_config_vars(*args):
    """All configuration variables, or the values of those that are named."""
    return [_variables.get(name) for name in args] if args else _variables


def get_config_var(name):
    """The value of one configuration variable, None if there is none of that name."""
    return _variables.get(name)


def get_platform():
    """A string that identifies the current platform."""
    if sys.platform != "linux":
        return sys.platform
    return "linux-" + os.uname().machine


def get_python_version():
    return _version


def get_scheme_names():
    return ("posix_prefix",)


def get_default_scheme():
    return "posix_prefix"


def get_preferred_scheme(key):
    if key not in ("prefix", "home", "user"):
        raise ValueError(f"{key!r} is not a supported key")
    return "posix_prefix"


def get_path_names():
    return tuple(_scheme)


def get_paths(scheme="posix_prefix", vars=None, expand=True):
    """The places of a scheme."""
    if scheme != "posix_prefix":
        raise KeyError(scheme)
    known = {"base": _prefix, "version": _version, **(vars or {})}
    return {name: place.format(**known) if expand else place for name, place in _scheme.items()}


def get_path(name, scheme="posix_prefix", vars=None, expand=True):
    """One of the places of a scheme."""
    return get_paths(scheme, vars, expand)[name]


def get_makefile_filename():
    return os.path.join(get_path("stdlib"), "config", "Makefile")


def get_config_h_filename():
    return os.path.join(get_path("include"), "pyconfig.h")


def is_python_build(check_home=None):
    return False


def parse_config_h(fp, vars=None):
    """What a file like config.h defines."""
    found = {} if vars is None else vars
    for line in fp:
        words = line.split(None, 2)
        if len(words) == 3 and words[0] == "#define":
            value = words[2].strip()
            found[words[1]] = int(value) if value.lstrip("-").isdigit() else value
        elif len(words) == 3 and words[:2] == ["/*", "#undef"]:
            found[words[2].split()[0]] = 0
    return found


def _main():
    print(f'Platform: "{get_platform()}"')
    print(f'Python version: "{get_python_version()}"')
    print(f'Current installation scheme: "{get_default_scheme()}"')
    for title, values in (("Paths", get_paths()), ("Variables", get_config_vars())):
        print()
        print(f"{title}: ")
        for name, value in sorted(values.items()):
            print(f'\t{name} = "{value}"')


if __name__ == "__main__":
    _main()
