# gilbox: --allow-read=/tmp/gilbox-gate-db --allow-write=/tmp/gilbox-gate-db
"""SQLite opens, makes and deletes files only where the program may."""

import os
import sqlite3


def t(function, *args):
    try:
        print("ok", function(*args))
    except (OSError, sqlite3.Error) as error:
        print(type(error).__name__, str(error).replace(str(os.getpid()), "PID"))


allowed = "/tmp/gilbox-gate-db"
try:
    os.mkdir(allowed)
except FileExistsError:
    pass
path = f"{allowed}/{os.getpid()}.db"
db = sqlite3.connect(path)
db.execute("CREATE TABLE t (x)")
db.execute("INSERT INTO t VALUES (1)")
db.commit()
print(db.execute("SELECT x FROM t").fetchall())

outside = f"/tmp/gilbox-outside-{os.getpid()}.db"
t(sqlite3.connect, outside)
t(sqlite3.connect, "/etc/passwd")
t(sqlite3.connect, f"{allowed}/../gilbox-outside-{os.getpid()}.db")
t(db.execute, f"ATTACH DATABASE '{outside}' AS other")
t(db.execute, f"VACUUM INTO '{outside}'")
os.symlink(outside, f"{path}.link")
t(sqlite3.connect, f"{path}.link")
t(sqlite3.connect, f"file:{outside}?mode=rwc")
t(db.execute, "SELECT load_extension('libc.so.6')")
print(db.execute("PRAGMA temp_store").fetchone())
# Descriptors of SQLite's are none of the program's.
def is_open(number):
    try:
        return bool(os.fstat(number))
    except OSError:
        return False


print([number for number in range(3, 40) if is_open(number)])
db.close()
os.remove(f"{path}.link")
os.remove(path)
print([name for name in os.listdir(allowed) if name.startswith(str(os.getpid()))])
try:
    os.rmdir(allowed)
except OSError:
    pass
