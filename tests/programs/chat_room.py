"""A chat room of tasks: queues, timeouts, cancellation, a server in one process."""

import asyncio
import contextlib
from collections import deque
from dataclasses import dataclass, field


class Kicked(Exception):
    pass


@dataclass
class Member:
    name: str
    inbox: asyncio.Queue = field(default_factory=lambda: asyncio.Queue(maxsize=10), repr=False)
    seen: list = field(default_factory=list)

    async def listen(self, limit):
        async for text in self:
            self.seen.append(text)
            if len(self.seen) == limit:
                return self.name

    def __aiter__(self):
        return self

    async def __anext__(self):
        text = await self.inbox.get()
        if text is None:
            raise StopAsyncIteration
        if text == f"kick {self.name}":
            raise Kicked(self.name)
        return text


class Room:
    def __init__(self, history=3):
        self.members = {}
        self.history = deque(maxlen=history)
        self.lock = asyncio.Lock()

    @contextlib.asynccontextmanager
    async def join(self, name):
        async with self.lock:
            if name in self.members:
                raise ValueError(f"{name} is here already")
            member = self.members[name] = Member(name)
        for text in self.history:
            await member.inbox.put(f"(earlier) {text}")
        try:
            yield member
        finally:
            async with self.lock:
                del self.members[name]

    async def say(self, name, text):
        self.history.append(f"{name}: {text}")
        async with asyncio.TaskGroup() as group:
            for member in self.members.values():
                if member.name != name:
                    group.create_task(member.inbox.put(f"{name}: {text}"))


async def talk(room, name, lines, pause):
    for line in lines:
        await asyncio.sleep(pause)
        await room.say(name, line)
    return f"{name} said {len(lines)}"


async def main():
    room = Room()
    async with room.join("ann") as ann, room.join("bob") as bob:
        results = await asyncio.gather(talk(room, "ann", ["hello", "anybody?"], 0), talk(room, "bob", ["hi"], 0.4), ann.listen(1), bob.listen(2))
        print(results, ann.seen, bob.seen, sorted(room.members))
        async with room.join("cleo") as cleo:
            print([cleo.inbox.get_nowait() for _ in range(cleo.inbox.qsize())])
            with contextlib.suppress(ValueError):
                async with room.join("cleo"):
                    print("never")
        try:
            async with asyncio.timeout(0.01):
                await ann.listen(5)
        except TimeoutError as error:
            print("timeout", repr(error))
        task = asyncio.create_task(bob.listen(99), name="listener")
        await asyncio.sleep(0)
        task.cancel("enough")
        try:
            await task
        except asyncio.CancelledError as error:
            print("cancelled", error, task.cancelled(), task.get_name())
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(ann.listen(9))
                group.create_task(bob.listen(9))
                await ann.inbox.put("kick ann")
        except* Kicked as errors:
            print("kicked", [str(error) for error in errors.exceptions], errors.message)
        await ann.inbox.put("last words")
        await ann.inbox.put(None)
        print(await ann.listen(99), ann.seen)
    print(room.members, list(room.history))
    finished = [await done for done in asyncio.as_completed([asyncio.sleep(0.02, "slow"), asyncio.sleep(0, "fast")])]
    done, pending = await asyncio.wait([asyncio.create_task(asyncio.sleep(10)), asyncio.create_task(asyncio.sleep(0))], return_when=asyncio.FIRST_COMPLETED)
    print(finished, len(done), len(pending), [task.cancel() for task in pending])
    semaphore, running, most = asyncio.Semaphore(2), 0, 0

    async def limited(n):
        nonlocal running, most
        async with semaphore:
            running += 1
            most = max(most, running)
            await asyncio.sleep(0)
            running -= 1
            return n * n

    print(await asyncio.gather(*map(limited, range(5))), most)
    print(await asyncio.gather(asyncio.sleep(0, 1), failing(), return_exceptions=True), await asyncio.to_thread(sum, [1, 2, 3]))


async def failing():
    raise LookupError("nothing here")


asyncio.run(main())
