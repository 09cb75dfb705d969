"""Sizes that cannot be are MemoryError or OverflowError, at once."""

for bad in ("'x' * 10**18", "[0] * 10**18", "(0,) * 10**18", "b'x' * 10**18", "'x' * 10**30", "[0] * 10**30", "bytes(10**18)", "bytearray(10**18)", "' '.ljust(10**18)", "'x'.zfill(10**18)", "list(range(10**18))" if False else "[1, 2] * (2**62)", "f'{1:{10**18}}'", "1 << 10**20"):
    try:
        eval(bad)
    except (MemoryError, OverflowError, ValueError) as error:
        print(type(error).__name__, error)
