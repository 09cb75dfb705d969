# A text that only linecache knows is shown with marks, as a file is.
import linecache
import traceback

TEXT = """\
def divide(a, b):
    return a / b

def build(items):
    return [
        divide(item, 0)
        for item in items
    ]

class Table:
    rows = divide(1, 2)
    total = sum(
        1,
        divide(3, 0),
        2)
"""


def run(text, call):
    linecache.cache["<template>"] = (len(text), None, text.splitlines(True), "<template>")
    names = {"__name__": "template"}
    try:
        exec(compile(text, "<template>", "exec"), names)
        eval(call, names)
    except Exception as error:
        for line in "".join(traceback.format_exception(error)).splitlines():
            print(line)


run(TEXT, "0")
run(TEXT.partition("class")[0], "build([1, 2])")
run("x = 1\nunknown + x\n", "0")


def unbound():
    print(value)
    value = 1


# An unbound variable suggests nothing, an unknown name does.
def unknown():
    return valeu


value = 1
for function in unbound, unknown:
    try:
        function()
    except NameError as error:
        print(error.name, traceback.format_exception(error)[-1])
