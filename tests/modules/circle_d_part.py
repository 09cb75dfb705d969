# part of circular_imports_see_half_a_module

from circle_c_part import other

thing = 1
