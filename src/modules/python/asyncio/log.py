"""How asyncio reports what nobody else hears of: through logging, which is only imported when there is something."""

from _complaints import complain


def error(message, exception=None):
    complain('asyncio', message, exception)


def warning(message, exception=None):
    complain('asyncio', message, exception, level='warning')
