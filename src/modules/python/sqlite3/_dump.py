"""A database as the SQL that makes it anew."""


def quoted_name(name):
    return '"' + name.replace('"', '""') + '"'


def quoted_text(text):
    return "'" + text.replace("'", "''") + "'"


def iterdump(connection, *, filter=None):
    """The statements, one after the other."""
    cursor = connection.cursor()
    # Rows and texts as they are, whatever the program wants for itself.
    cursor.row_factory = None
    writable = False
    if cursor.execute("PRAGMA foreign_key_check").fetchall():
        # What is broken here may be broken there.
        yield "PRAGMA foreign_keys=OFF;"
    yield "BEGIN TRANSACTION;"
    only, given = ("", ()) if filter is None else ("AND name LIKE ? ", (filter,))
    tables = cursor.execute(
        'SELECT "name", "type", "sql" FROM "sqlite_master" '
        f"WHERE \"sql\" NOT NULL AND \"type\" == 'table' {only}ORDER BY \"name\"", given).fetchall()
    counters = []
    for table, _, sql in tables:
        if table == "sqlite_sequence":
            counters = ['DELETE FROM "sqlite_sequence";']
            counters += [f'INSERT INTO "sqlite_sequence" VALUES({quoted_text(name)},{number});'
                         for name, number in cursor.execute('SELECT "name", "seq" FROM "sqlite_sequence"')]
            continue
        if table == "sqlite_stat1":
            yield 'ANALYZE "sqlite_master";'
        elif table.startswith("sqlite_"):
            continue
        elif sql.startswith("CREATE VIRTUAL TABLE"):
            if not writable:
                writable = True
                yield "PRAGMA writable_schema=ON;"
            yield ("INSERT INTO sqlite_master(type,name,tbl_name,rootpage,sql)"
                   f"VALUES('table',{quoted_text(table)},{quoted_text(table)},0,{quoted_text(sql)});")
        else:
            yield f"{sql};"
        columns = [column[1] for column in cursor.execute(f"PRAGMA table_info({quoted_name(table)})")]
        values = "','".join(f"||quote({quoted_name(column)})||" for column in columns)
        for row in cursor.execute(
                f"SELECT {quoted_text('INSERT INTO ' + quoted_name(table) + ' VALUES(')}{values}')' "
                f"FROM {quoted_name(table)};").fetchall():
            yield f"{row[0]};"
    for (sql,) in cursor.execute(
            'SELECT "sql" FROM "sqlite_master" '
            f"WHERE \"sql\" NOT NULL AND \"type\" IN ('index', 'trigger', 'view') {only}", given).fetchall():
        yield f"{sql};"
    if writable:
        yield "PRAGMA writable_schema=OFF;"
    yield from counters
    yield "COMMIT;"
