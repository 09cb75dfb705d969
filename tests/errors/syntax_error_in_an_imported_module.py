"""A SyntaxError in an imported file names that file."""

try:
    import unparsable_part
except SyntaxError as error:
    print(error.msg, error.lineno, error.filename.rpartition("/")[2])
import unparsable_part
