# gilbox: --allow-run
import asyncio
import asyncio.subprocess
import signal
from asyncio.subprocess import DEVNULL, PIPE, STDOUT


async def report(awaitable):
    try:
        return await awaitable
    except Exception as exc:
        return f"{type(exc).__name__}: {exc}"


async def talk():
    process = await asyncio.create_subprocess_exec("cat", stdin=PIPE, stdout=PIPE)
    print(process.returncode, process.pid > 0, repr(process).startswith("<Process "), process.stderr)
    process.stdin.write(b"one\n")
    await process.stdin.drain()
    print(await process.stdout.readline())
    process.stdin.writelines([b"two\n", b"three\n"])
    process.stdin.write_eof()
    print(await process.stdout.read(), await process.wait(), process.returncode)


async def communicate():
    process = await asyncio.create_subprocess_shell("cat; echo problem >&2; exit 3", stdin=PIPE, stdout=PIPE, stderr=PIPE)
    print(await process.communicate(b"input"), process.returncode)
    process = await asyncio.create_subprocess_shell("echo a; echo b >&2", stdout=PIPE, stderr=STDOUT)
    print(await process.communicate())
    process = await asyncio.create_subprocess_exec("true", stdin=DEVNULL, stdout=DEVNULL)
    print(await process.communicate(), process.returncode)
    # More than a pipe holds goes both ways at the same time.
    process = await asyncio.create_subprocess_exec("cat", stdin=PIPE, stdout=PIPE)
    out, _ = await process.communicate(b"x" * 1_000_000)
    print(len(out))
    # It reads nothing of what it is sent.
    process = await asyncio.create_subprocess_exec("true", stdin=PIPE)
    print(await process.communicate(b"y" * 1_000_000), await process.wait())


async def end_early():
    for how in ("kill", "terminate"):
        process = await asyncio.create_subprocess_exec("sleep", "100")
        getattr(process, how)()
        print(how, await process.wait())
    process = await asyncio.create_subprocess_exec("sleep", "100")
    process.send_signal(signal.SIGINT)
    print(await process.wait())
    try:
        process.kill()
    except ProcessLookupError as exc:
        print("gone:", type(exc).__name__)
    process = await asyncio.create_subprocess_exec("sleep", "100", stdout=PIPE)
    try:
        await asyncio.wait_for(process.communicate(), 0.05)
    except TimeoutError:
        print("too slow", process.returncode)
    process.kill()
    print(await process.wait())


async def several():
    async def double(n):
        process = await asyncio.create_subprocess_exec("expr", str(n), "*", "2", stdout=PIPE)
        out, _ = await process.communicate()
        return int(out)

    print(await asyncio.gather(*map(double, range(8))))
    process = await asyncio.create_subprocess_shell("exit 7")
    print(await asyncio.gather(process.wait(), process.wait()), await process.wait())


class Listener(asyncio.SubprocessProtocol):
    def __init__(self, done):
        self.done = done
        self.seen = []

    def connection_made(self, transport):
        self.transport = transport
        self.seen.append(("made", transport.get_pid() > 0, transport.get_pipe_transport(0) is None))

    def pipe_data_received(self, fd, data):
        self.seen.append((fd, data))

    def pipe_connection_lost(self, fd, exc):
        self.seen.append(("closed", fd, exc))

    def process_exited(self):
        self.seen.append(("exited", self.transport.get_returncode()))

    def connection_lost(self, exc):
        self.done.set_result(None)


async def protocol():
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    transport, listener = await loop.subprocess_exec(lambda: Listener(done), "sh", "-c", "echo hello; exit 5", stdin=None,
                                                     stderr=None)
    await done
    print(sorted(listener.seen, key=str), transport.get_returncode())
    transport.close()


async def refused():
    loop = asyncio.get_running_loop()
    protocol = asyncio.SubprocessProtocol
    print(await report(asyncio.create_subprocess_exec("/no/such/program")))
    print(await report(loop.subprocess_shell(protocol, ["a"])))
    print(await report(loop.subprocess_shell(protocol, "a", shell=False)))
    print(await report(loop.subprocess_exec(protocol, "a", shell=True)))
    print(await report(loop.subprocess_exec(protocol, "a", bufsize=10)))
    print(await report(loop.subprocess_exec(protocol, "a", text=True)))
    print(await report(loop.subprocess_exec(protocol, "a", universal_newlines=True)))
    print(await report(loop.subprocess_exec(protocol, "a", encoding="utf-8")))


for program in (talk, communicate, end_early, several, protocol, refused):
    print("--", program.__name__)
    asyncio.run(program())
