"""Signals: what the program does when the system, or another program, interrupts it."""

import _signal
from _signal import ITIMER_PROF, ITIMER_REAL, ITIMER_VIRTUAL, NSIG, ItimerError
from _signal import (alarm, default_int_handler, getitimer, pause, pidfd_send_signal, pthread_kill, raise_signal,
                     set_wakeup_fd, setitimer, strsignal)
from _records import Record as _Record
from _statics import stand_for as _stand_for
from enum import IntEnum as _IntEnum


def _enumeration(name, choose):
    """An enumeration of the constants that `choose` picks by their names."""
    members = {constant: getattr(_signal, constant) for constant in dir(_signal) if choose(constant)}
    members = dict(sorted(members.items(), key=lambda member: member[1]))
    made = _IntEnum(name, members, module=__name__)
    globals().update(made.__members__)
    return made


Signals = _enumeration('Signals', lambda name: name.startswith('SIG') and not name.startswith('SIG_'))
Sigmasks = _enumeration('Sigmasks', lambda name: name in ('SIG_BLOCK', 'SIG_UNBLOCK', 'SIG_SETMASK'))
Handlers = _enumeration('Handlers', lambda name: name in ('SIG_DFL', 'SIG_IGN'))


def _named(value, enumeration):
    """The member that a number is; anything else as it is."""
    if not isinstance(value, int):
        return value
    try:
        return enumeration(value)
    except ValueError:
        return value


def _number(value):
    """The plain number of a member; anything else as it is."""
    return int(value) if isinstance(value, int) else value


def signal(signalnum, handler):
    """Set what is done when a signal comes: SIG_DFL, SIG_IGN, or handler(signalnum, frame); return what was."""
    return _named(_signal.signal(_number(signalnum), _number(handler)), Handlers)


def getsignal(signalnum):
    """Return what is done when a signal comes."""
    return _named(_signal.getsignal(signalnum), Handlers)


def valid_signals():
    """Return the set of all signals."""
    return {_named(number, Signals) for number in _signal.valid_signals()}


def siginterrupt(signalnum, flag, /):
    """Change nothing: a call that a signal interrupts goes on after the handler has run."""
    _signal.strsignal(signalnum)


def _named_set(numbers):
    return {_named(number, Signals) for number in numbers}


def pthread_sigmask(how, mask):
    """Fetch and/or change the signal mask of the calling thread."""
    return _named_set(_signal.pthread_sigmask(how, mask))


def sigpending():
    """Examine pending signals."""
    return _named_set(_signal.sigpending())


def sigwait(sigset):
    """Wait for a signal; return its number."""
    return _named(_signal.sigwait(sigset), Signals)


class struct_siginfo(_Record):
    """What the system says of a signal that was waited for."""

    _fields = ('si_signo', 'si_code', 'si_errno', 'si_pid', 'si_uid', 'si_status', 'si_band')


def sigwaitinfo(sigset, /):
    """Wait for a signal; return what the system says of it."""
    return struct_siginfo(_signal.sigwaitinfo(sigset))


def sigtimedwait(sigset, timeout, /):
    """Like sigwaitinfo(), but with a timeout: None if it is over first."""
    found = _signal.sigtimedwait(sigset, timeout)
    return None if found is None else struct_siginfo(found)


_stand_for("_signal", siginterrupt, sigtimedwait, sigwaitinfo)
