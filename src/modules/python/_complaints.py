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
