"""What the library reports through logging: without having to import it before there is something to report."""


def complain(logger, message, exception=None, *, level='error'):
    """Log a message and an exception's traceback; to standard error where there is no logging."""
    try:
        from logging import getLogger
    except ImportError:
        import sys
        text = message
        if exception is not None:
            from traceback import format_exception
            text += '\n' + ''.join(format_exception(exception)).rstrip('\n')
        if sys.stderr is not None:
            sys.stderr.write(text + '\n')
    else:
        getattr(getLogger(logger), level)('%s', message, exc_info=exception)


def coroutine_origin(places):
    """What is told of where a coroutine was made that was never awaited; the last place is the nearest."""
    from linecache import getline
    from traceback import format_list
    lines = format_list([(file, line, name, getline(file, line)) for file, line, name in places])
    return "\nCoroutine created at (most recent call last)\n" + "".join(lines).rstrip("\n")
