# part of relative_imports_inside_a_package

shared = "shared by siblings"
