"""What CPython says about common mistakes."""

from syntax_cases_part import cases

for case, text in cases():
    try:
        compile(text, "<case>", "exec")
        print(f"{case!r}: compiles")
    except SyntaxError as error:
        print(f"{case!r}: {type(error).__name__}: {error.msg}")
