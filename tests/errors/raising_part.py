# part of error_while_importing_a_module

print("importing")
raise ValueError("while importing")
