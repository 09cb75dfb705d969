"""Where CPython sees common mistakes: line, column, end line, end column."""

from syntax_cases_part import cases

for case, text in cases():
    try:
        compile(text, "<case>", "exec")
        print(f"{case!r}: compiles")
    except SyntaxError as error:
        print(f"{case!r}: {error.lineno, error.offset, error.end_lineno, error.end_offset}")
