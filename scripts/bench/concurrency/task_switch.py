"""Tasks that give way to each other, by `sleep(0)` and through futures that they hand on."""

import asyncio

TASKS = 10
TURNS = 20_000


async def give_way(turns):
    for _ in range(turns):
        await asyncio.sleep(0)
    return turns


async def ring(size, rounds):
    """A token goes round: each task waits for its future, and ends its neighbour's."""
    loop = asyncio.get_running_loop()
    places = [loop.create_future() for _ in range(size)]

    async def member(which):
        seen = 0
        for _ in range(rounds):
            seen += await places[which]
            places[which] = loop.create_future()
            places[(which + 1) % size].set_result(1)
        return seen

    members = [asyncio.create_task(member(which)) for which in range(size)]
    places[0].set_result(1)
    return sum([await task for task in members])


async def main():
    turns = await asyncio.gather(*[give_way(TURNS) for _ in range(TASKS)])
    handed = await ring(TASKS, TURNS // 2)
    print("checksum", sum(turns), handed)


asyncio.run(main())
