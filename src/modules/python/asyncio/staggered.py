"""Races of coroutines that are started one after the other."""

from . import events, exceptions

__all__ = ('staggered_race',)


class _Race:
    """Who runs, who has won, and what the others have raised."""

    def __init__(self, loop):
        self._loop = loop
        self._running = set()
        # What the race itself waits for: the end of a coroutine, or the time to start the next one.
        self._wakeup = None
        self.exceptions = []
        self.winner = None
        self.result = None

    def start(self, coro_fn):
        index = len(self.exceptions)
        self.exceptions.append(None)
        task = self._loop.create_task(self._run(index, coro_fn))
        self._running.add(task)
        task.add_done_callback(self._ended)

    async def _run(self, index, coro_fn):
        try:
            result = await coro_fn()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self.exceptions[index] = exc
        else:
            if self.winner is None:
                self.winner = index
                self.result = result

    def _ended(self, task):
        self._running.discard(task)
        if not task.cancelled():
            # What it raised ends the loop, and is told there.
            task.exception()
        self._wake()

    def _wake(self):
        if self._wakeup is not None and not self._wakeup.done():
            self._wakeup.set_result(None)

    async def _sleep(self):
        self._wakeup = self._loop.create_future()
        try:
            await self._wakeup
        finally:
            self._wakeup = None

    async def until_next(self, delay):
        """Wait until somebody has won, the one that was started last has failed, or its advance is over."""
        over = False

        def end_advance():
            nonlocal over
            over = True
            self._wake()

        timer = None if delay is None else self._loop.call_later(delay, end_advance)
        try:
            while self.winner is None and self.exceptions[-1] is None and self._running and not over:
                await self._sleep()
        finally:
            if timer is not None:
                timer.cancel()

    async def until_end(self):
        """Wait until nobody runs any more; those who have lost are stopped."""
        cancellation = None
        while self._running:
            if self.winner is not None or cancellation is not None:
                self.cancel(*(() if cancellation is None else cancellation.args))
            try:
                await self._sleep()
            except exceptions.CancelledError as exc:
                cancellation = exc
        if cancellation is not None:
            raise cancellation

    def cancel(self, *args):
        for task in self._running:
            task.cancel(*args)


async def staggered_race(coro_fns, delay, *, loop=None):
    """Run coroutines, started one after the other, until the first one of them returns; the others are cancelled.

    The next of the functions is called when the last coroutine has raised an exception, or delay seconds after it was
    started; without a delay only when it has failed. Return the result, the index of the function that it came from (both
    None if all have failed), and a list of what those that were started have raised, None for the winner.
    """
    race = _Race(loop or events.get_running_loop())
    try:
        try:
            for coro_fn in coro_fns:
                race.start(coro_fn)
                await race.until_next(delay)
                if race.winner is not None:
                    break
        except BaseException as exc:
            race.cancel(*exc.args if isinstance(exc, exceptions.CancelledError) else ())
            await race.until_end()
            raise
        await race.until_end()
        return race.result, race.winner, race.exceptions
    finally:
        # The exceptions hold this frame.
        del race
