"""Two modules that import each other."""

import circle_a_part

print(circle_a_part.done, circle_a_part.circle_b_part.seen)
try:
    import circle_c_part
except ImportError as error:
    print(type(error).__name__, str(error).partition(" (")[0])
try:
    import circle_e_part
except (AttributeError, ImportError) as error:
    print(type(error).__name__, str(error).partition(" (")[0], "consider renaming" in str(error))
