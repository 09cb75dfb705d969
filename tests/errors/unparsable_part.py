# part of syntax_error_in_an_imported_module

def f(:
    pass
