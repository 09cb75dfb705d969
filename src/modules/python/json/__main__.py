"""`-m json`: as `-m json.tool`."""

from json.tool import main

if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError as problem:
        raise SystemExit(problem.errno) from None
