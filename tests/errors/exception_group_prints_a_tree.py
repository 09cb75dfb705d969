"""The boxes around the members of a group."""


def fail(n):
    raise ValueError(n)


errors = []
for i in range(2):
    try:
        fail(i)
    except ValueError as error:
        errors.append(error)
raise ExceptionGroup("several", errors + [ExceptionGroup("nested", [TypeError("t"), KeyError("k")])])
