"""A mix as people write it: an inventory with classes, dicts, sorting and text."""


class Item:
    def __init__(self, name, price, count=0, *, tags=()):
        self.name = name
        self.price = price
        self.count = count
        self.tags = set(tags)

    @property
    def value(self):
        return self.price * self.count

    def __repr__(self):
        return f"{self.name}x{self.count}"


class OutOfStock(Exception):
    pass


class Inventory:
    def __init__(self):
        self.items = {}

    def add(self, *args, **options):
        item = Item(*args, **options)
        self.items[item.name] = item
        return item

    def take(self, name, n=1):
        try:
            item = self.items[name]
        except KeyError:
            raise OutOfStock(f"no such item: {name}") from None
        if item.count < n:
            raise OutOfStock(f"only {item.count} of {name}")
        item.count -= n
        return n * item.price

    def by_tag(self):
        index = {}
        for item in self.items.values():
            for tag in item.tags:
                index.setdefault(tag, []).append(item.name)
        return {tag: sorted(names) for tag, names in sorted(index.items())}

    def __iter__(self):
        yield from sorted(self.items.values(), key=lambda i: (-i.value, i.name))


stock = Inventory()
stock.add("pen", 1.5, 100, tags=["office"])
stock.add("desk", 199.99, 3, tags=["office", "furniture"])
stock.add("lamp", 25, tags=("furniture",))
for name, n in (("pen", 10), ("lamp", 1), ("sofa", 1), ("desk", 5), ("desk", 2)):
    try:
        print(f"{name:<5}{stock.take(name, n):>10,.2f}")
    except OutOfStock as error:
        print(f"{name:<5}{'-':>10} ({error})")
print(list(stock), stock.by_tag())
width = max(len(i.name) for i in stock)
for rank, item in enumerate(stock, start=1):
    print(f"{rank}. {item.name:.<{width + 3}}{item.value:>8.2f} {'#' * int(item.value // 50)}")
total = sum(i.value for i in stock)
print(f"{total=:.2f} {len(stock.items)=}")
