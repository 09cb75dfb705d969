# part of modules_are_run_once_and_can_be_changed

count = 1
print("running once_part")


def __getattr__(name):
    if name.startswith("dynamic_"):
        return f"made {name}"
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
