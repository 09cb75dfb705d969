"""Built-in functions that a thread runs itself, with no Python code that calls them: the main program's namespace is theirs."""

import _thread
import sys
import types


def hook(args):
    print(type(args.exc_value).__name__, args.exc_value)


sys.unraisablehook = hook


def run(f, *args):
    # No Python code stands between the thread and the function.
    _thread.start_joinable_thread(types.MethodType(f, *args) if args else f).join()


v = 5
run(exec, "print('exec', v, __name__)")
run(exec, "w = 7")
run(eval, "print('eval', v)")
run(globals)
run(locals)
run(vars)
run(dir)
run(__import__, "os")
run(super)
run(sys._getframe)
run(sys._getframemodulename)
run(sys._current_frames)
run(sys.exc_info)
run(map, 1)
run(exec, "print(locals() is globals())")
run(exec, "print(sys._getframe().f_back)")
run(exec, "import os.path; print(__name__)")
run(exec, "def f(): return sys._getframe(1).f_code.co_name\nprint(f())")
run(print, "x")
run(iter, 5)
run(eval, "[].x")
print(globals().get('w'))
