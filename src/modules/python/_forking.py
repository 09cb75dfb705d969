"""`os.fork`, and what is called before and after it."""

import _os
import sys
from _statics import parse_by_hand, stand_for

_before = []
_in_parent = []
_in_child = []


def register_at_fork(*, before=None, after_in_parent=None, after_in_child=None):
    """Have functions called when the process forks: before it (last in, first out), and after it in parent and child."""
    given = {"before": before, "after_in_parent": after_in_parent, "after_in_child": after_in_child}
    if all(call is None for call in given.values()):
        raise TypeError("At least one argument is required.")
    for name, call in given.items():
        if call is not None and not callable(call):
            raise TypeError(f"{name!r} must be callable, not {type(call).__name__}")
    for calls, call in zip((_before, _in_parent, _in_child), given.values()):
        if call is not None:
            calls.append(call)


def _run(calls):
    for call in list(calls):
        try:
            call()
        except BaseException:
            _os._unraisable_at_fork(sys.exception(), call)


def fork():
    """Fork a child process: return 0 in the child and the child's process id in the parent."""
    _run(reversed(_before))
    import _thread
    alone = _thread._count() == 0
    try:
        pid = _os._fork()
    except OSError:
        _run(_in_parent)
        raise
    if pid == 0:
        threading = sys.modules.get("threading")
        if threading is not None:
            threading._after_fork()
        _run(_in_child)
        return 0
    _run(_in_parent)
    if not alone:
        import warnings
        warnings.warn(f"This process (pid={_os.getpid()}) is multi-threaded, use of fork() may lead to deadlocks "
                      "in the child.", DeprecationWarning, stacklevel=2)
    return pid


stand_for("posix", fork, register_at_fork)
parse_by_hand(register_at_fork)
