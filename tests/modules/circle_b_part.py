# part of circular_imports_see_half_a_module

import circle_a_part

seen = (circle_a_part.before, hasattr(circle_a_part, "done"))
