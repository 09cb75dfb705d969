# part of runpy_runs_modules_and_files
print("its program", __name__, __package__)
