"""Connections, cursors and statements in the hands of many threads: functions call back, some close, some interrupt."""

import gc
import random
import sqlite3
import sys
import threading
import time

seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
end = time.monotonic() + seconds
place = [None]


class Total:
    def __init__(self):
        self.total = 0

    def step(self, value):
        self.total += value

    def finalize(self):
        return self.total


def fresh():
    db = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    db.execute("CREATE TABLE t (n INTEGER, text TEXT)")
    db.executemany("INSERT INTO t VALUES (?, ?)", [(n, f"line {n}") for n in range(100)])
    db.create_function("twice", 1, lambda n: 2 * n)
    db.create_function("wrong", 1, lambda n: [] if n % 2 else 1 // 0)
    db.create_function("inner", 1, lambda n: place[0].execute("SELECT count(*) FROM t").fetchone()[0])
    db.create_aggregate("total_of", 1, Total)
    db.create_collation("backwards", lambda a, b: (a < b) - (a > b))
    return db


def ask(db, cursor):
    n = random.randrange(100)
    what = random.randrange(12)
    if what == 0:
        db.execute("INSERT INTO t VALUES (twice(?), ?)", (n, "x" * n))
    elif what == 1:
        for row in db.execute("SELECT n, text FROM t WHERE n < ? ORDER BY text COLLATE backwards", (n,)):
            if len(row) != 2 or row[0] is not None and row[0] >= n:
                print("a wrong row", row, n)
    elif what == 2:
        (total,), = db.execute("SELECT total_of(column1) FROM (VALUES (1), (2), (3))").fetchall()
        if total != 6:
            print("a wrong total", total)
    elif what == 3:
        db.execute("SELECT wrong(?)", (n,))
    elif what == 4:
        cursor.execute("SELECT n FROM t")
    elif what == 5:
        cursor.fetchmany(7)
    elif what == 6:
        db.interrupt()
    elif what == 7:
        db.execute("DELETE FROM t WHERE n > 100")
    elif what == 8:
        db.execute("SELECT inner(1) FROM t LIMIT 3").fetchone()
    elif what == 9:
        db.execute("SELECT ?", (b"blob" * n,)).fetchone()
    elif what == 10:
        db.create_function(f"named{n % 4}", 1, lambda value: value)
        db.execute(f"SELECT named{n % 4}(5)").fetchone()
    else:
        with db.blobopen("t", "text", random.randrange(1, 90)) as blob:
            blob.read(3)


def work():
    cursor = None
    while time.monotonic() < end:
        db = place[0]
        try:
            if cursor is None or random.random() < 0.1:
                cursor = db.cursor()
            ask(db, cursor)
        except sqlite3.Error:
            # Closed, interrupted, at work for somebody else, or wrong on purpose.
            pass


def replace():
    while time.monotonic() < end:
        time.sleep(0.02)
        old, place[0] = place[0], fresh()
        if random.random() < 0.5:
            try:
                old.close()
            except sqlite3.Error:
                pass
        gc.collect()


place[0] = fresh()
crew = [threading.Thread(target=target) for target in (work, work, work, replace)]
for thread in crew:
    thread.start()
for thread in crew:
    thread.join()
print("ok")
