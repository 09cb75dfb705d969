# gilbox: -A
"""A database in a file, which connections and threads share."""

import gc
import os
import sqlite3
import tempfile
import threading

folder = tempfile.TemporaryDirectory()
path = os.path.join(folder.name, "shop.db")

with sqlite3.connect(path) as db:
    db.execute("CREATE TABLE sales (worker INTEGER, number INTEGER, PRIMARY KEY (worker, number))")
db.close()


def sell(worker):
    db = sqlite3.connect(path, timeout=60)
    for number in range(8):
        with db:
            db.execute("INSERT INTO sales VALUES (?, ?)", (worker, number))
    db.close()


threads = [threading.Thread(target=sell, args=(worker,)) for worker in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

db = sqlite3.connect(path)
print(db.execute("SELECT count(*), count(DISTINCT worker), sum(number) FROM sales").fetchone())

# Another thread may not use this connection, and may use one that says so.
said = []


def use(connection):
    try:
        said.append(connection.execute("SELECT 1").fetchone())
    except sqlite3.ProgrammingError as error:
        said.append(str(error).partition(" The object")[0])


shared = sqlite3.connect(":memory:", check_same_thread=False)
for connection in (db, shared):
    thread = threading.Thread(target=use, args=(connection,))
    thread.start()
    thread.join()
print(said)

# One connection in four threads at once: every row arrives.
shared.execute("CREATE TABLE hits (n INTEGER)")
shared.create_function("twice", 1, lambda n: 2 * n)


def hit():
    for n in range(12):
        shared.execute("INSERT INTO hits VALUES (twice(?))", (n,))


threads = [threading.Thread(target=hit) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(shared.execute("SELECT count(*), sum(n) FROM hits").fetchone())

# A cursor that was not read to its end and that nobody has any more holds nothing up for good.
db.execute("SELECT * FROM sales").fetchone()
other = sqlite3.connect(path, timeout=10)
with other:
    other.execute("DELETE FROM sales")
with other:
    other.execute("DROP TABLE sales")
print(other.execute("SELECT count(*) FROM sqlite_master").fetchone())

# A writer that is in nobody's way for long.
db.execute("CREATE TABLE log (line TEXT)")
db.execute("INSERT INTO log VALUES ('one')")
hasty = sqlite3.connect(path, timeout=0.05)
try:
    hasty.execute("INSERT INTO log VALUES ('two')")
except sqlite3.OperationalError as error:
    print(error, error.sqlite_errorname)
db.commit()
hasty.execute("INSERT INTO log VALUES ('two')")
hasty.commit()
print(db.execute("SELECT line FROM log ORDER BY line").fetchall())

# The journal that is written ahead, in a name with a question mark.
url = "file:" + os.path.join(folder.name, "what%3f.db") + "?mode=rwc"
ahead = sqlite3.connect(url, uri=True)
print(ahead.execute("PRAGMA journal_mode=WAL").fetchone())
ahead.execute("CREATE TABLE t (x)")
ahead.execute("ATTACH DATABASE ? AS other", (os.path.join(folder.name, "other.db"),))
ahead.execute("CREATE TABLE other.t (x)")
ahead.commit()
print(sorted(name for name in os.listdir(folder.name) if not name.startswith("shop")))
for connection in (ahead, hasty, other, db, shared):
    connection.close()
print(sorted(os.listdir(folder.name)))
try:
    sqlite3.connect(os.path.join(folder.name, "no", "such"))
except sqlite3.OperationalError as error:
    print(error, error.sqlite_errorname)
folder.cleanup()
