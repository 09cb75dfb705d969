# gilbox: -A
# A crawler with asyncio: a small web server of its own, a bounded number of workers, time limits, and a report.
import asyncio
import contextvars
import posixpath
import re
from collections import Counter
from dataclasses import dataclass, field

PAGES = {
    "/": '<title>Home</title> <a href="a">A</a> <a href="/b/">B</a> <a href="#here">here</a>',
    "/a": '<title>Page A</title> <a href="/">home</a> <a href="b/c">C</a> <a href="missing">?</a> <a href="slow">s</a>',
    "/b/": '<title>Page B</title> <a href="c">C</a> <a href="../a">A</a> <a href="http://elsewhere/">out</a>',
    "/b/c": '<title>Page C</title> <a href="../broken">broken</a> <a href="../moved">moved</a>',
    "/moved": None,
    "/target": "<title>Target</title>" + "x" * 5000,
}
LINK = re.compile(r'href="([^"#]*)"')
TITLE = re.compile(r"<title>(.*?)</title>", re.S)
current_page = contextvars.ContextVar("current_page", default="-")
log = []


def note(text):
    log.append(f"[{current_page.get()}] {text}")


class HttpError(Exception):
    def __init__(self, status, reason):
        super().__init__(status, reason)
        self.status = status

    def __str__(self):
        return f"{self.args[0]} {self.args[1]}"


@dataclass(order=True)
class Page:
    path: str
    status: int = field(compare=False, default=0)
    title: str = field(compare=False, default="")
    size: int = field(compare=False, default=0)
    links: list[str] = field(compare=False, default_factory=list, repr=False)


async def serve(reader, writer):
    """One request a connection; bodies in chunks."""
    try:
        request = (await reader.readline()).decode().split()
        headers = {}
        while (line := await reader.readline()) not in (b"\r\n", b""):
            name, _, value = line.decode().partition(":")
            headers[name.strip().lower()] = value.strip()
        path = request[1]
        if path == "/slow":
            await asyncio.sleep(5)
        if path == "/broken":
            writer.write(b"HTTP/1.1 nonsense\r\n\r\n")
        elif path == "/moved":
            writer.write(b"HTTP/1.1 302 Found\r\nLocation: /target\r\n\r\n")
        elif path in PAGES:
            body = PAGES[path].encode()
            writer.write(f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Agent: {headers['user-agent']}\r\n\r\n".encode())
            for start in range(0, len(body), 1000):
                part = body[start:start + 1000]
                writer.write(b"%x\r\n%b\r\n" % (len(part), part))
                await writer.drain()
            writer.write(b"0\r\n\r\n")
        else:
            writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
    except asyncio.CancelledError:
        note("server: a request was cut off")
        raise
    finally:
        writer.close()


async def fetch(port, path, redirects=3):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: here\r\nUser-Agent: crawler/1\r\n\r\n".encode())
        await writer.drain()
        first = (await reader.readline()).decode().strip()
        if not (found := re.fullmatch(r"HTTP/1\.\d (\d{3}) ?(.*)", first)):
            raise ValueError(f"bad status line {first!r}")
        status, reason, headers = int(found[1]), found[2], {}
        async for line in reader:
            if line == b"\r\n":
                break
            name, _, value = line.decode().partition(":")
            headers[name.lower()] = value.strip()
        if status in (301, 302):
            if not redirects:
                raise HttpError(310, "Too many redirects")
            note(f"redirected to {headers['location']}")
            return await fetch(port, headers["location"], redirects - 1)
        if status != 200:
            raise HttpError(status, reason)
        body = bytearray()
        while size := int((await reader.readline()).strip(), 16):
            body += await reader.readexactly(size)
            await reader.readexactly(2)
        return status, body.decode()
    finally:
        writer.close()
        await writer.wait_closed()


class Crawler:
    def __init__(self, port, workers=3, limit=0.3):
        self.port, self.workers, self.limit = port, workers, limit
        self.queue = asyncio.Queue()
        self.seen, self.pages, self.errors = set(), {}, {}
        self.most = self.busy = 0

    def add(self, path):
        if path not in self.seen:
            self.seen.add(path)
            self.queue.put_nowait(path)

    async def worker(self):
        while True:
            path = await self.queue.get()
            token = current_page.set(path)
            self.busy += 1
            self.most = max(self.most, self.busy)
            try:
                async with asyncio.timeout(self.limit):
                    status, text = await fetch(self.port, path)
            except (HttpError, ValueError) as error:
                self.errors[path] = f"{type(error).__name__}: {error}"
            except TimeoutError:
                self.errors[path] = "took too long"
            else:
                page = self.pages[path] = Page(path, status, TITLE.search(text)[1], len(text))
                for link in LINK.findall(text):
                    if link and "://" not in link:
                        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), link))
                        target += "/" * (link.endswith("/") and target != "/")
                        page.links.append(target)
                        self.add(target)
            finally:
                self.busy -= 1
                current_page.reset(token)
                self.queue.task_done()

    async def run(self, start):
        self.add(start)
        tasks = [asyncio.create_task(self.worker(), name=f"worker-{n}") for n in range(self.workers)]
        await self.queue.join()
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        return Counter(type(result).__name__ for result in results)


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        crawler = Crawler(port)
        print(await crawler.run("/"))
        for page in sorted(crawler.pages.values()):
            print(page, page.links)
        print(sorted(crawler.errors.items()))
        print(1 < crawler.most <= 3, crawler.busy, sorted(log))
        print("--- groups")
        try:
            async with asyncio.TaskGroup() as group:
                fine = group.create_task(fetch(port, "/a"))
                group.create_task(fetch(port, "/gone"), name="gone")
                group.create_task(asyncio.sleep(10))
        except* HttpError as errors:
            print([str(error) for error in errors.exceptions], fine.done())
        results = await asyncio.gather(*(fetch(port, path) for path in ("/", "/nothing", "/b/")), return_exceptions=True)
        print([result[0] if isinstance(result, tuple) else str(result) for result in results])
        done, pending = await asyncio.wait([asyncio.ensure_future(fetch(port, path)) for path in ("/slow", "/a")],
                                           return_when=asyncio.FIRST_COMPLETED)
        print(len(done), len(pending))
        for task in pending:
            task.cancel()
        print([str(error) or type(error).__name__ for error in await asyncio.gather(*pending, return_exceptions=True)])
        order = []
        for future in asyncio.as_completed([asyncio.sleep(0.05, "late"), asyncio.sleep(0, "soon")]):
            order.append(await future)
        print(order)
        try:
            await asyncio.wait_for(fetch(port, "/slow"), 0.05)
        except TimeoutError as error:
            print("timeout", repr(error))


asyncio.run(main())
