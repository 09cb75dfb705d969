"""What can be set of csv's readers and writers: nothing."""

import csv
import io

reader, writer = csv.reader(["a,b", "c"]), csv.writer(io.StringIO())
for thing, names in ((reader, ("line_num", "dialect", "other")), (writer, ("dialect", "other"))):
    for name in names:
        for change in (lambda: setattr(thing, name, 5), lambda: delattr(thing, name)):
            try:
                change()
            except AttributeError as error:
                print(type(thing).__name__, name, error)
    try:
        type(thing)()
    except TypeError as error:
        print(error)
    print(type(thing), type(thing).__mro__)
print(reader.line_num, next(reader), reader.line_num, next(reader), reader.line_num)
rows = csv.DictReader(["a,b", "1,2", "3,4"])
print(next(rows), rows.line_num)
