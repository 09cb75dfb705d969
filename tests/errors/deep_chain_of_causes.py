"""Five exceptions, each from the one before."""


def step(n):
    if n == 0:
        raise ValueError("root")
    try:
        step(n - 1)
    except Exception as error:
        raise RuntimeError(f"level {n}") from error


step(4)
