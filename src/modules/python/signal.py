"""Signals: what the program does when the system, or another program, interrupts it."""

import _signal
from _signal import ITIMER_PROF, ITIMER_REAL, ITIMER_VIRTUAL, NSIG, ItimerError
from _signal import alarm, default_int_handler, getitimer, pause, raise_signal, set_wakeup_fd, setitimer, strsignal
from enum import IntEnum


def _enumeration(name, choose):
    """An enumeration of the constants that `choose` picks by their names."""
    members = {constant: getattr(_signal, constant) for constant in dir(_signal) if choose(constant)}
    members = dict(sorted(members.items(), key=lambda member: member[1]))
    made = IntEnum(name, members, module=__name__)
    globals().update(made.__members__)
    return made


Signals = _enumeration('Signals', lambda name: name.startswith('SIG') and not name.startswith('SIG_'))
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


def siginterrupt(signalnum, flag):
    """Change nothing: a call that a signal interrupts goes on after the handler has run."""
    _signal.strsignal(signalnum)
