"""Writes what CPython says about programs into the files of this folder.

    python3.14 expect.py FILE...

Cases stand between lines `%%`; the golden line `=> ...` at the end of each is made anew.
"""
import ast
import sys
import warnings


def verdict(source):
    try:
        # Only what reading the text finds: errors of scopes belong to the compiler.
        ast.parse(source)
    except SyntaxError as error:
        name = type(error).__name__
        place = f"{error.lineno}:{error.offset}-{error.end_lineno}:{error.end_offset}"
        return f"{name} {place} {error.msg}"
    except (MemoryError, RecursionError) as error:
        return type(error).__name__
    return "fine"


def main():
    warnings.simplefilter("ignore")
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8", newline="") as file:
            cases = [case for case in file.read().split("%%\n") if case]
        with open(path, "w", encoding="utf-8", newline="") as file:
            for case in cases:
                source = case.rsplit("\n=> ", 1)[0] if "\n=> " in case else case.removesuffix("\n")
                file.write(f"{source}\n=> {verdict(source)}\n%%\n")


if __name__ == "__main__":
    main()
