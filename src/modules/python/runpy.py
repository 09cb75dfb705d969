"""Running modules and files as programs, without importing them."""

import sys

import _runpy

__all__ = ["run_module", "run_path"]


class _Spec:
    """What `__spec__` is of a module that is run."""

    def __init__(self, name, origin, is_package):
        self.name = name
        self.origin = origin
        self.loader = None
        self.has_location = origin is not None
        self.cached = None
        self.submodule_search_locations = None
        self.parent = name if is_package else name.rpartition(".")[0]

    def __repr__(self):
        return f"ModuleSpec(name={self.name!r}, loader={self.loader!r}, origin={self.origin!r})"


def _found(name, error=ImportError):
    """The code of a module, its name, and its file; of a package, that of its `__main__`."""
    if name.startswith("."):
        raise error("Relative module names not supported")
    above = name.rpartition(".")[0]
    parent = None
    if above:
        try:
            __import__(above)
        except ImportError as problem:
            missing = problem.name
            if missing is not None and (missing == above or above.startswith(missing + ".")):
                raise error(f"Error while finding module specification for {name!r} "
                            f"({type(problem).__name__}: {problem})") from problem
            raise
        parent = sys.modules[above]
    found = _runpy.code_of_module(name, parent)
    if found is None:
        raise error(f"No module named {name}")
    code, file, is_package = found
    if is_package:
        if name == "__main__" or name.endswith(".__main__"):
            raise error("Cannot use package as __main__ module")
        __import__(name)
        try:
            return _found(f"{name}.__main__", error)
        except error as problem:
            raise error(f"{problem}; {name!r} is a package and cannot be directly executed") from None
    if code is None:
        raise error(f"No code object available for {name}")
    return code, name, file


def _run(code, namespace, init_globals, name, spec, file, package):
    if init_globals is not None:
        namespace.update(init_globals)
    namespace.update(__name__=name, __file__=file, __cached__=None, __doc__=None, __loader__=None, __package__=package,
                     __spec__=spec)
    exec(code, namespace)
    return namespace


def _run_instead(code, init_globals, name, spec, file, package):
    """Run code as the module `name` of a moment, which stands in sys.modules, as the file does in sys.argv[0]."""
    module = type(sys)(name)
    missing = object()
    before, argument = sys.modules.get(name, missing), sys.argv[0]
    sys.modules[name] = module
    sys.argv[0] = file
    try:
        return dict(_run(code, module.__dict__, init_globals, name, spec, file, package))
    finally:
        sys.argv[0] = argument
        if before is missing:
            del sys.modules[name]
        else:
            sys.modules[name] = before


def run_module(mod_name, init_globals=None, run_name=None, alter_sys=False):
    """Execute a module's code without importing it; a package's is that of its `__main__`. Returns its namespace."""
    code, mod_name, file = _found(mod_name)
    spec = _Spec(mod_name, file, False)
    name = mod_name if run_name is None else run_name
    if alter_sys:
        return _run_instead(code, init_globals, name, spec, file, spec.parent)
    return _run(code, {}, init_globals, name, spec, file, spec.parent)


def run_path(path_name, init_globals=None, run_name=None):
    """Execute the code in a file, or in the `__main__.py` of a folder. Returns its namespace."""
    from os import fsdecode
    name = "<run_path>" if run_name is None else run_name
    place = fsdecode(path_name)
    try:
        code = _runpy.code_of_file(place)
    except IsADirectoryError:
        return _run_folder(place, init_globals, name)
    return _run_instead(code, init_globals, name, None, place, name.rpartition(".")[0])


def _run_folder(place, init_globals, name):
    sys.path.insert(0, place)
    main = sys.modules.pop("__main__", None)
    try:
        code, _, file = _found("__main__")
        return _run_instead(code, init_globals, name, _Spec("__main__", file, False), file, "")
    except ImportError as error:
        if error.name is None:
            raise ImportError(f"can't find '__main__' module in {place!r}") from None
        raise
    finally:
        if main is not None:
            sys.modules["__main__"] = main
        if place in sys.path:
            sys.path.remove(place)


class _CannotRun(Exception):
    """A module that was named on the command line cannot be run."""


def _run_module_as_main(mod_name):
    """What `-m` does."""
    try:
        code, mod_name, file = _found(mod_name, _CannotRun)
    except _CannotRun as error:
        sys.exit(f"{sys.executable}: {error}")
    sys.argv[0] = f"<frozen {mod_name}>" if file is None else file
    spec = _Spec(mod_name, sys.argv[0], False)
    return _run(code, sys.modules["__main__"].__dict__, None, "__main__", spec, file, spec.parent)
