"""sqlite3: databases of SQLite, by the interface of PEP 249.

The library itself is `_sqlite3`. Here is what surrounds it: connections with their transactions (`_connection`), cursors
(`_cursor`), rows and values in parts (`_values`), adapters and converters (`_adapters`), and the SQL that makes a database
anew (`_dump`).
"""

from sqlite3.dbapi2 import *
