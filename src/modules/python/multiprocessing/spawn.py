"""What a process that was started anew does first: it becomes like its parent, as far as that can be told."""

__all__ = ["get_executable", "set_executable", "get_preparation_data", "spawn_main", "prepare", "import_main_path"]

import os
import sys

from . import context, process

_executable = sys.executable


def set_executable(executable):
    """Remember an executable; what runs is this interpreter all the same."""
    global _executable
    _executable = executable if executable is None else os.fsdecode(executable)


def get_executable():
    """The executable, as it was set."""
    return _executable


# The descriptors that came with the request to a fork server; None in a process that has its parent's numbers.
_inherited = None


def inherited(number):
    """A descriptor that the parent has handed on."""
    return number if _inherited is None else _inherited[number]


def _check_not_importing_main():
    if getattr(process.current_process(), "_inheriting", False):
        raise RuntimeError('''
        An attempt has been made to start a new process before the
        current process has finished its bootstrapping phase.

        This probably means that you are not using fork to start your
        child processes and you have forgotten to use the proper idiom
        in the main module:

            if __name__ == '__main__':
                freeze_support()
                ...

        The "freeze_support()" line can be omitted if the program
        is not going to be frozen to produce an executable.

        To fix this issue, refer to the "Safe importing of main module"
        section in https://docs.python.org/3/library/multiprocessing.html
        ''')


def get_preparation_data(name):
    """What a child must know to be like this process."""
    _check_not_importing_main()
    me = process.current_process()
    data = {"name": name, "authkey": me.authkey, "sys_path": list(sys.path), "sys_argv": sys.argv,
            "orig_dir": process.ORIGINAL_DIR, "dir": os.getcwd(), "start_method": context._default_context.get_start_method()}
    from . import util
    if util._logger is not None:
        data["log_level"] = util._logger.getEffectiveLevel()
        data["log_to_stderr"] = util._log_to_stderr
    path = getattr(sys.modules["__main__"], "__file__", None)
    if path is not None and path != "<stdin>":
        if not os.path.isabs(path) and process.ORIGINAL_DIR is not None:
            path = os.path.join(process.ORIGINAL_DIR, path)
        data["init_main_from_path"] = path
    return data


def messages_for(popen, process_obj):
    """What a child is sent that has nothing of its parent's memory: how to become like it, and what to run."""
    from . import reduction
    dumps = reduction.ForkingPickler.dumps
    context.set_spawning_popen(popen)
    try:
        return dumps(get_preparation_data(process_obj._name)), dumps(process_obj)
    finally:
        context.set_spawning_popen(None)


def spawn_main(pipe_handle):
    """Run the process that comes through a pipe, and end as it does."""
    sys.exit(_run_process(pipe_handle))


def _run_process(pipe_handle):
    """Run the process that comes through a pipe; the exit code."""
    from _pickle import loads_own
    from _multiprocessing import receive_message
    me = process.current_process()
    me._inheriting = True
    try:
        prepare(loads_own(receive_message(pipe_handle)))
        child = loads_own(receive_message(pipe_handle))
    finally:
        del me._inheriting
    # The parent holds the other end as long as it lives.
    return child._bootstrap(pipe_handle)


def prepare(data):
    """Become like the parent."""
    if "name" in data:
        process.current_process().name = data["name"]
    if "authkey" in data:
        process.current_process().authkey = data["authkey"]
    if "log_level" in data:
        from . import util
        if data["log_to_stderr"]:
            util.log_to_stderr()
        util.get_logger().setLevel(data["log_level"])
    if "sys_path" in data:
        sys.path = data["sys_path"]
    if "sys_argv" in data:
        sys.argv = data["sys_argv"]
    if "dir" in data:
        try:
            os.chdir(data["dir"])
        except OSError:
            # The interpreter was started there, so it is there already.
            pass
    if "orig_dir" in data:
        process.ORIGINAL_DIR = data["orig_dir"]
    if "start_method" in data:
        context.DefaultContext.set_start_method(context._default_context, data["start_method"], True)
    if "init_main_from_path" in data:
        import_main_path(data["init_main_from_path"])


def import_main_path(main_path):
    """Make the parent's program a module of this process, unless the fork server has."""
    if getattr(sys.modules["__main__"], "__file__", None) == main_path:
        return
    import _multiprocessing
    import types
    main = types.ModuleType("__mp_main__")
    main.__file__ = main_path
    code = _multiprocessing.program(main_path)
    sys.modules["__main__"] = sys.modules["__mp_main__"] = main
    exec(code, main.__dict__)
