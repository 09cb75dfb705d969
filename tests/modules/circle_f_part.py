# part of circular_imports_see_half_a_module

import circle_e_part

print(circle_e_part.missing)
