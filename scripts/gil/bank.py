"""Check, then act: money appears or vanishes when another thread comes in between.

Each transfer reads a balance, decides, and writes two balances back. No single step is wrong, and
no lock of the interpreter can help: between the check and the act another thread may run. The
second half does the same under one `threading.Lock`, and the total stays what it was.

    gilbox scripts/gil/bank.py
    gilbox --gil off scripts/gil/bank.py
"""

import sys
import threading

ACCOUNTS = 4
START = 1000
TELLERS = 4
TRANSFERS = 100000


class Bank:
    def __init__(self):
        self.balances = [START] * ACCOUNTS

    def transfer(self, source, target, amount):
        if self.balances[source] >= self.audit(amount):
            before = self.balances[source]
            self.balances[target] = self.balances[target] + self.audit(amount)
            self.balances[source] = before - self.audit(amount)

    def audit(self, amount):
        """A call between the check and the act: a place where a thread can be stopped."""
        return amount

    def total(self):
        return sum(self.balances)


def run(bank, lock):
    gate = threading.Barrier(TELLERS)

    def teller(seed):
        x = seed
        gate.wait()
        for _ in range(TRANSFERS):
            x = (x * 75 + 74) % 65537
            source = x % ACCOUNTS
            target = (source + 1 + x // ACCOUNTS % (ACCOUNTS - 1)) % ACCOUNTS
            if lock:
                with lock:
                    bank.transfer(source, target, x % 50)
            else:
                bank.transfer(source, target, x % 50)

    threads = [threading.Thread(target=teller, args=(i + 1,)) for i in range(TELLERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    total, lowest = bank.total(), min(bank.balances)
    wanted = ACCOUNTS * START
    verdict = "nothing lost" if total == wanted and lowest >= 0 else "WRONG"
    return f"{total} of {wanted} in the bank, lowest balance {lowest}: {verdict}"


sys.setswitchinterval(1e-6)
print("without a lock:", run(Bank(), None))
print("with a lock:   ", run(Bank(), threading.Lock()))
