"""A bank whose accounts many threads use at once; the sum stays what it was."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager


class InsufficientFunds(Exception):
    def __init__(self, account, wanted):
        super().__init__(f"{account.name} has {account.balance}, {wanted} wanted")
        self.account, self.wanted = account, wanted


class Account:
    def __init__(self, name, balance=0):
        self.name, self.balance = name, balance
        self.lock = threading.Lock()
        self.changed = threading.Condition(self.lock)

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amounts are positive")
        with self.changed:
            self.balance += amount
            self.changed.notify_all()

    def withdraw(self, amount):
        with self.lock:
            if self.balance < amount:
                raise InsufficientFunds(self, amount)
            self.balance -= amount

    def wait_for(self, amount, timeout=5):
        with self.changed:
            return self.changed.wait_for(lambda: self.balance >= amount, timeout)


class Bank:
    def __init__(self, names, start):
        self.accounts = {name: Account(name, start) for name in names}
        self.refused = 0
        self.refused_lock = threading.Lock()

    @contextmanager
    def locked(self, *names):
        """The accounts, locked in the order of their names: so no two transfers wait for each other."""
        with ExitStack() as stack:
            for name in sorted(set(names)):
                stack.enter_context(self.accounts[name].lock)
            yield [self.accounts[name] for name in names]

    def transfer(self, source, target, amount):
        with self.locked(source, target) as (giver, taker):
            if giver.balance < amount:
                raise InsufficientFunds(giver, amount)
            giver.balance -= amount
            taker.balance += amount

    def total(self):
        with self.locked(*self.accounts) as accounts:
            return sum(account.balance for account in accounts)

    def customer(self, seed, transfers):
        chance = random.Random(seed)
        done = 0
        for _ in range(transfers):
            source, target = chance.sample(sorted(self.accounts), 2)
            try:
                self.transfer(source, target, chance.randint(1, 150))
                done += 1
            except InsufficientFunds:
                with self.refused_lock:
                    self.refused += 1
        return seed, done


def main():
    bank = Bank(["ann", "bob", "cleo", "dan"], 500)
    with ThreadPoolExecutor(max_workers=4, thread_name_prefix="customer") as pool:
        futures = [pool.submit(bank.customer, seed, 150) for seed in range(6)]
        results = dict(future.result() for future in as_completed(futures))
    print(sorted(results), sum(results.values()) + bank.refused, bank.total())
    print(all(account.balance >= 0 for account in bank.accounts.values()))

    poor = Account("poor")
    waiter = threading.Thread(target=lambda: print("arrived:", poor.wait_for(100), poor.balance), name="waiter")
    waiter.start()
    for _ in range(4):
        poor.deposit(25)
    waiter.join()
    print(poor.wait_for(1000, timeout=0.01))
    for attempt in [lambda: poor.withdraw(101), lambda: poor.deposit(0), lambda: bank.transfer("ann", "zed", 1)]:
        try:
            attempt()
        except (InsufficientFunds, ValueError, KeyError) as error:
            print(type(error).__name__, error)

    def fail():
        poor.withdraw(10**6)

    caught = []
    threading.excepthook = lambda arguments: caught.append((arguments.exc_type.__name__, str(arguments.exc_value), arguments.thread.name))
    thread = threading.Thread(target=fail, name="greedy")
    thread.start()
    thread.join()
    print(caught, thread.is_alive(), threading.active_count())
    barrier, order = threading.Barrier(3), []

    def meet(number):
        order.append(barrier.wait())

    meeting = [threading.Thread(target=meet, args=(n,)) for n in range(3)]
    [t.start() for t in meeting]
    [t.join() for t in meeting]
    print(sorted(order), barrier.n_waiting, barrier.broken)


main()
