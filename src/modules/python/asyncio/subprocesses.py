"""How a loop starts child processes and wraps pipes."""

import functools

__all__ = ()

# subprocess.PIPE, without loading that for loops that start nothing.
_PIPE = -1


class _Subprocesses:
    """The subprocess_* and connect_*_pipe methods of a loop."""

    async def connect_read_pipe(self, protocol_factory, pipe):
        """Have the end of a pipe read by a protocol; return (transport, protocol)."""
        from .pipe_transports import _UnixReadPipeTransport
        return await self._connect_pipe(_UnixReadPipeTransport, protocol_factory, pipe)

    async def connect_write_pipe(self, protocol_factory, pipe):
        """Make a transport of the end of a pipe that is written to; return (transport, protocol)."""
        from .pipe_transports import _UnixWritePipeTransport
        return await self._connect_pipe(_UnixWritePipeTransport, protocol_factory, pipe)

    async def _connect_pipe(self, kind, protocol_factory, pipe):
        return await self._started(functools.partial(kind, self), pipe, protocol_factory)

    async def subprocess_shell(self, protocol_factory, cmd, *, stdin=_PIPE, stdout=_PIPE,
                               stderr=_PIPE, universal_newlines=False, shell=True, bufsize=0,
                               encoding=None, errors=None, text=None, **kwargs):
        """Have the shell run a command; return (transport, protocol)."""
        if not isinstance(cmd, (bytes, str)):
            raise ValueError("cmd must be a string")
        if not shell:
            raise ValueError("shell must be True")
        _check_options(universal_newlines, bufsize, encoding, errors, text)
        return await self._start_subprocess(protocol_factory, cmd, True, stdin, stdout, stderr, bufsize, **kwargs)

    async def subprocess_exec(self, protocol_factory, program, *args, stdin=_PIPE, stdout=_PIPE,
                              stderr=_PIPE, universal_newlines=False, shell=False, bufsize=0,
                              encoding=None, errors=None, text=None, **kwargs):
        """Run a program; return (transport, protocol)."""
        if shell:
            raise ValueError("shell must be False")
        _check_options(universal_newlines, bufsize, encoding, errors, text)
        return await self._start_subprocess(protocol_factory, (program,) + args, False, stdin, stdout, stderr, bufsize,
                                            **kwargs)

    async def _start_subprocess(self, protocol_factory, args, shell, stdin, stdout, stderr, bufsize, **kwargs):
        from .base_subprocess import BaseSubprocessTransport
        protocol = protocol_factory()
        waiter = self.create_future()
        transport = BaseSubprocessTransport(self, protocol, args, shell, stdin, stdout, stderr, bufsize,
                                            waiter=waiter, **kwargs)
        try:
            await waiter
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException:
            transport.close()
            await transport._wait()
            raise
        return transport, protocol


def _check_options(universal_newlines, bufsize, encoding, errors, text):
    if universal_newlines:
        raise ValueError("universal_newlines must be False")
    if bufsize != 0:
        raise ValueError("bufsize must be 0")
    if text:
        raise ValueError("text must be False")
    if encoding is not None:
        raise ValueError("encoding must be None")
    if errors is not None:
        raise ValueError("errors must be None")
