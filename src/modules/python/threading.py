"""Thread module emulating a subset of Java's threading model."""

import _thread
import sys as _sys
from _records import Record as _Record
from _statics import stand_for as _stand_for
from _synchronization import Barrier, BoundedSemaphore, BrokenBarrierError, Condition, Event, Semaphore

__all__ = ['get_ident', 'active_count', 'Condition', 'current_thread',
           'enumerate', 'main_thread', 'TIMEOUT_MAX',
           'Event', 'Lock', 'RLock', 'Semaphore', 'BoundedSemaphore', 'Thread',
           'Barrier', 'BrokenBarrierError', 'Timer', 'ThreadError',
           'setprofile', 'settrace', 'local', 'stack_size',
           'excepthook', 'ExceptHookArgs', 'gettrace', 'getprofile',
           'setprofile_all_threads', 'settrace_all_threads', 'get_native_id']

get_ident = _thread.get_ident
get_native_id = _thread.get_native_id
stack_size = _thread.stack_size
ThreadError = _thread.error
TIMEOUT_MAX = _thread.TIMEOUT_MAX
Lock = _thread.lock
local = _thread._local

_CRLock = _thread.RLock
# CPython's twin of it in Python, which is under these names.
_RLock = _PyRLock = _CRLock
_allocate_lock = _thread.allocate_lock
_profile_hook = None
_trace_hook = None


def RLock(*args, **kwargs):
    """Make a lock that its owner may take again, and must release as often."""
    if args or kwargs:
        import warnings
        warnings.warn('Passing arguments to RLock is deprecated and will be removed in 3.15',
                      DeprecationWarning, stacklevel=2)
    return _CRLock(*args, **kwargs)


def setprofile(func):
    """Set a profile function for all threads started from the threading module."""
    global _profile_hook
    _profile_hook = func


def setprofile_all_threads(func):
    """Set a profile function for all threads."""
    setprofile(func)
    _sys._setprofileallthreads(func)


def getprofile():
    """Get the profiler function as set by threading.setprofile()."""
    return _profile_hook


def settrace(func):
    """Set a trace function for all threads started from the threading module."""
    global _trace_hook
    _trace_hook = func


def settrace_all_threads(func):
    """Set a trace function for all threads."""
    settrace(func)
    _sys._settraceallthreads(func)


def gettrace():
    """Get the trace function as set by threading.settrace()."""
    return _trace_hook


# Threads that run, by identifier, and threads that are about to; guarded by the lock.
_active_limbo_lock = _CRLock()
_active = {}
_limbo = {}
_last_number = 0
_number_lock = Lock()


def _newname(name_template):
    global _last_number
    with _number_lock:
        _last_number += 1
        return name_template % _last_number


class Thread:
    """A thread of control: runs a function, or a subclass's run()."""

    _initialized = False

    def __init__(self, group=None, target=None, name=None,
                 args=(), kwargs=None, *, daemon=None, context=None):
        assert group is None, "group argument must be None for now"
        if kwargs is None:
            kwargs = {}
        if name:
            name = str(name)
        else:
            name = _newname("Thread-%d")
            if target is not None:
                try:
                    name += f" ({target.__name__})"
                except AttributeError:
                    pass
        self._target = target
        self._name = name
        self._args = args
        self._kwargs = kwargs
        if daemon is not None:
            if daemon and not _thread.daemon_threads_allowed():
                raise RuntimeError('daemon threads are disabled in this (sub)interpreter')
            self._daemonic = daemon
        else:
            self._daemonic = current_thread().daemon
        self._context = context
        self._ident = None
        self._native_id = None
        # What cannot be copied or pickled is named by the first such attribute.
        self._handle = _thread._ThreadHandle()
        self._started = Event()
        self._invoke_excepthook = _make_invoke_excepthook()
        self._initialized = True

    def __repr__(self):
        assert self._initialized, "Thread.__init__() was not called"
        status = "initial"
        if self._handle.is_done():
            status = "stopped"
        elif self._started.is_set():
            status = "started"
        if self._daemonic:
            status += " daemon"
        if self._ident is not None:
            status += " %s" % self._ident
        return "<%s(%s, %s)>" % (self.__class__.__name__, self._name, status)

    def start(self):
        """Start the thread's activity."""
        if not self._initialized:
            raise RuntimeError("thread.__init__() not called")
        if self._started.is_set():
            raise RuntimeError("threads can only be started once")
        with _active_limbo_lock:
            _limbo[self] = self
        try:
            _thread.start_joinable_thread(self._bootstrap, handle=self._handle,
                                          daemon=self._daemonic, name=self._name)
        except Exception:
            with _active_limbo_lock:
                _limbo.pop(self, None)
            raise
        # A thread that dies before it can say that it runs, for want of memory, is not waited for.
        while not self._started.wait(1):
            if self._handle.is_done() and not self._started.is_set():
                with _active_limbo_lock:
                    _limbo.pop(self, None)
                raise RuntimeError("can't start new thread")

    def run(self):
        """What the thread does: calls the target."""
        try:
            if self._target is not None:
                self._target(*self._args, **self._kwargs)
        finally:
            # What was passed in should not live as long as the thread object.
            del self._target, self._args, self._kwargs

    def _bootstrap(self):
        self._ident = get_ident()
        self._native_id = get_native_id()
        _thread._set_thread(self)
        with _active_limbo_lock:
            _active[self._ident] = self
            # Another thread that was refused a second start may have taken it out.
            _limbo.pop(self, None)
        self._started.set()
        if _trace_hook:
            _sys.settrace(_trace_hook)
        if _profile_hook:
            _sys.setprofile(_profile_hook)
        try:
            if self._context is None:
                self.run()
            else:
                self._context.run(self.run)
        except:
            self._invoke_excepthook(self)

    def _delete(self):
        # The interpreter calls it when the thread is over, whoever started it.
        with _active_limbo_lock:
            _active.pop(self._ident, None)

    def join(self, timeout=None):
        """Wait until the thread terminates, or the timeout is over."""
        if not self._initialized:
            raise RuntimeError("Thread.__init__() not called")
        if not self._started.is_set():
            raise RuntimeError("cannot join thread before it is started")
        if self is current_thread():
            raise RuntimeError("cannot join current thread")
        if timeout is not None:
            timeout = max(timeout, 0)
        self._handle.join(timeout)

    @property
    def name(self):
        """A string used for identification purposes only."""
        assert self._initialized, "Thread.__init__() not called"
        return self._name

    @name.setter
    def name(self, name):
        assert self._initialized, "Thread.__init__() not called"
        self._name = str(name)
        if self._ident == get_ident():
            _thread.set_name(self._name)

    @property
    def ident(self):
        """The identifier of this thread, or None if it has not been started."""
        assert self._initialized, "Thread.__init__() not called"
        return self._ident

    @property
    def native_id(self):
        """The operating system's number for this thread, or None if it has not been started."""
        assert self._initialized, "Thread.__init__() not called"
        return self._native_id

    def is_alive(self):
        """Return whether the thread is alive."""
        assert self._initialized, "Thread.__init__() not called"
        return self._started.is_set() and not self._handle.is_done()

    @property
    def daemon(self):
        """Whether the program may end while this thread runs."""
        assert self._initialized, "Thread.__init__() not called"
        return self._daemonic

    @daemon.setter
    def daemon(self, daemonic):
        if not self._initialized:
            raise RuntimeError("Thread.__init__() not called")
        if self._started.is_set():
            raise RuntimeError("cannot set daemon status of active thread")
        if daemonic and not _thread.daemon_threads_allowed():
            raise RuntimeError('daemon threads are disabled in this interpreter')
        self._daemonic = daemonic

    def isDaemon(self):
        """Return whether this thread is a daemon: deprecated, use the daemon attribute."""
        import warnings
        warnings.warn('isDaemon() is deprecated, get the daemon attribute instead', DeprecationWarning, stacklevel=2)
        return self.daemon

    def setDaemon(self, daemonic):
        """Set whether this thread is a daemon: deprecated, use the daemon attribute."""
        import warnings
        warnings.warn('setDaemon() is deprecated, set the daemon attribute instead', DeprecationWarning, stacklevel=2)
        self.daemon = daemonic

    def getName(self):
        """Return the thread's name: deprecated, use the name attribute."""
        import warnings
        warnings.warn('getName() is deprecated, get the name attribute instead', DeprecationWarning, stacklevel=2)
        return self.name

    def setName(self, name):
        """Set the thread's name: deprecated, use the name attribute."""
        import warnings
        warnings.warn('setName() is deprecated, set the name attribute instead', DeprecationWarning, stacklevel=2)
        self.name = name


class _ExceptHookArgs(_Record):
    """The argument of threading.excepthook: exception type, value, traceback, and the thread."""

    __module__ = "_thread"
    _fields = ("exc_type", "exc_value", "exc_traceback", "thread")


ExceptHookArgs = _ExceptHookArgs


def _excepthook(args, /):
    """Handle uncaught Thread.run() exception."""
    if not isinstance(args, ExceptHookArgs):
        raise TypeError("_thread.excepthook argument type must be ExceptHookArgs")
    if args.exc_type == SystemExit:
        return
    stderr = _sys.stderr
    if stderr is None:
        return
    thread = args.thread
    name = thread.name if thread is not None else get_ident()
    head = f"Exception in thread {name}:\n"
    # In one piece, so that reports of several threads do not mix.
    _thread._report_exception(args.exc_type, args.exc_value, args.exc_traceback, head)


_stand_for("_thread", _excepthook)
_thread._excepthook = _excepthook
__excepthook__ = excepthook = _excepthook


def _make_invoke_excepthook():
    # Bound early, so that they are there even while the interpreter shuts down.
    default_hook = excepthook
    default_sys_hook = _sys.excepthook

    def invoke_excepthook(thread):
        try:
            hook = globals().get('excepthook', None) or default_hook
            args = ExceptHookArgs([*_sys.exc_info(), thread])
            hook(args)
        except Exception as exc:
            exc.__suppress_context__ = True
            stderr = _sys.stderr
            if stderr is not None:
                stderr.write("Exception in threading.excepthook:\n")
            sys_hook = _sys.excepthook or default_sys_hook
            sys_hook(*_sys.exc_info())
        finally:
            args = None

    return invoke_excepthook


class Timer(Thread):
    """Call a function after a specified number of seconds, unless cancelled."""

    def __init__(self, interval, function, args=None, kwargs=None):
        super().__init__()
        self.interval = interval
        self.function = function
        self.args = args if args is not None else []
        self.kwargs = kwargs if kwargs is not None else {}
        self.finished = Event()

    def cancel(self):
        """Stop the timer if it hasn't finished yet."""
        self.finished.set()

    def run(self):
        self.finished.wait(self.interval)
        if not self.finished.is_set():
            self.function(*self.args, **self.kwargs)
        self.finished.set()


class _MainThread(Thread):

    def __init__(self):
        super().__init__(name="MainThread", daemon=False)
        self._started.set()
        self._ident = _thread._get_main_thread_ident()
        self._native_id = get_native_id()
        if self._ident == get_ident():
            _thread._set_thread(self)
        with _active_limbo_lock:
            _active[self._ident] = self


class _DummyThread(Thread):
    """A thread that was not started by this module, seen from itself."""

    def __init__(self):
        super().__init__(name=_newname("Dummy-%d"), daemon=_thread.daemon_threads_allowed())
        self._started.set()
        self._ident = get_ident()
        self._native_id = get_native_id()
        _thread._set_thread(self)
        with _active_limbo_lock:
            _active[self._ident] = self

    def is_alive(self):
        assert self._started.is_set()
        return self._ident in _active

    def join(self, timeout=None):
        raise RuntimeError("cannot join a dummy thread")


def current_thread():
    """Return the current Thread object."""
    thread = _thread._get_thread()
    if thread is not None:
        return thread
    try:
        return _active[get_ident()]
    except KeyError:
        return _DummyThread()


def currentThread():
    """Return the current Thread object: deprecated, use current_thread()."""
    import warnings
    warnings.warn('currentThread() is deprecated, use current_thread() instead', DeprecationWarning, stacklevel=2)
    return current_thread()


def active_count():
    """Return the number of Thread objects currently alive."""
    with _active_limbo_lock:
        return len(_active) + len(_limbo)


def activeCount():
    """Return the number of Thread objects currently alive: deprecated, use active_count()."""
    import warnings
    warnings.warn('activeCount() is deprecated, use active_count() instead', DeprecationWarning, stacklevel=2)
    return active_count()


def enumerate():
    """Return a list of all Thread objects currently alive."""
    with _active_limbo_lock:
        return list(_active.values()) + list(_limbo.values())


def main_thread():
    """Return the main thread object."""
    return _main_thread


_threading_atexits = []
_SHUTTING_DOWN = False


def _register_atexit(func, *arg, **kwargs):
    """Have func called at the end of the main program, last in, first out, before threads are joined."""
    if _SHUTTING_DOWN:
        raise RuntimeError("can't register atexit after shutdown")
    _threading_atexits.append(lambda: func(*arg, **kwargs))


def _shutdown():
    """Called when the main program is over: wait for all threads that are no daemons."""
    global _SHUTTING_DOWN
    if _main_thread._handle.is_done():
        return
    _SHUTTING_DOWN = True
    for call in reversed(_threading_atexits):
        call()
    _main_thread._handle._set_done()
    me = current_thread()
    while True:
        with _active_limbo_lock:
            waiting = [thread for thread in [*_active.values(), *_limbo.values()]
                       if not (thread._daemonic or thread is _main_thread or thread is me
                               # Somebody else has started it, and waits for it or not.
                               or isinstance(thread, _DummyThread))]
        if not waiting:
            return
        for thread in waiting:
            thread._started.wait()
            thread._handle.join()


def _after_fork():
    """In the child of a fork: the thread that forked is the only one, and the main thread."""
    global _active_limbo_lock, _main_thread, _number_lock
    _active_limbo_lock = _CRLock()
    _number_lock = Lock()
    # What makes an object for a thread that has none enters it.
    current = current_thread()
    others = [thread for thread in [*_active.values(), *_limbo.values()] if thread is not current]
    _active.clear()
    _limbo.clear()
    for thread in others:
        thread._started = Event()
        thread._started.set()
        thread._handle._set_done()
    _main_thread = current
    current._native_id = get_native_id()
    _active[get_ident()] = current


# The first current_thread() asks for it, so it is made by hand.
_active[_thread._get_main_thread_ident()] = _main_thread = Thread.__new__(_MainThread)
_main_thread._daemonic = False
_main_thread._name = "MainThread"
_main_thread._initialized = True
_MainThread.__init__(_main_thread)
