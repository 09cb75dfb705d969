# part of namespace_of_an_imported_module_is_its_own

counter = 0


def bump():
    global counter
    counter += 1


def get():
    return counter
