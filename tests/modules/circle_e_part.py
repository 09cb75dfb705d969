# part of circular_imports_see_half_a_module

import circle_f_part
