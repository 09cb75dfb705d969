async def forgotten():
    return 1


class Service:
    async def start(self):
        pass


def main():
    Service().start()
    print("main is over")


forgotten()
main()
used = forgotten()
try:
    used.send(None)
except StopIteration as stop:
    print(stop.value)
closed = forgotten()
closed.close()
