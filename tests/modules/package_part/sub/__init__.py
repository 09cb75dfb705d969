# part of relative_imports_inside_a_package
