"""The asyncio package: tasks that take turns in one thread, wherever they wait."""

from .base_events import *
from .coroutines import *
from .events import *
from .exceptions import *
from .futures import *
from .locks import *
from .protocols import *
from .queues import *
from .runners import *
from .taskgroups import *
from .tasks import *
from .threads import *
from .timeouts import *
from .transports import *
from .waiting import *
from . import (base_events, coroutines, events, exceptions, futures, locks, protocols, queues, runners, taskgroups,
               tasks, threads, timeouts, transports, waiting)

# What needs sockets is only loaded when it is asked for.
_LATER = {
    'Server': 'servers',
    'StreamReader': 'streams', 'StreamWriter': 'streams', 'StreamReaderProtocol': 'streams',
    'open_connection': 'streams', 'start_server': 'streams',
    'open_unix_connection': 'streams', 'start_unix_server': 'streams',
    'create_subprocess_exec': 'subprocess', 'create_subprocess_shell': 'subprocess',
    'FrameCallGraphEntry': 'graph', 'FutureCallGraph': 'graph', 'capture_call_graph': 'graph',
    'format_call_graph': 'graph', 'print_call_graph': 'graph', 'future_add_to_awaited_by': 'graph',
    'future_discard_from_awaited_by': 'graph',
    'SelectorEventLoop': 'unix_events', 'EventLoop': 'unix_events',
}
_LATER_MODULES = ('graph', 'streams', 'servers', 'subprocess', 'unix_events', 'selector_events', 'log', 'mixins', 'format_helpers',
                  'staggered')

__all__ = [*base_events.__all__, *coroutines.__all__, *events.__all__, *exceptions.__all__, *futures.__all__,
           *locks.__all__, *protocols.__all__, *queues.__all__, *runners.__all__, *taskgroups.__all__, *tasks.__all__,
           *threads.__all__, *timeouts.__all__, *transports.__all__, *waiting.__all__, *_LATER]


def __getattr__(name):
    if name in _LATER:
        value = getattr(__import__(f'{__name__}.{_LATER[name]}', fromlist=[name]), name)
    elif name in _LATER_MODULES:
        value = __import__(f'{__name__}.{name}', fromlist=[name])
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__():
    return sorted({*globals(), *_LATER, *_LATER_MODULES})
