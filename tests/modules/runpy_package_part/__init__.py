# part of runpy_runs_modules_and_files
print("the package", __name__)
