# part of error_in_an_imported_module


def call(f):
    return deeper(f)


def deeper(f):
    result = f()
    return result
