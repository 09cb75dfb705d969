# part of circular_imports_see_half_a_module

from circle_d_part import thing
