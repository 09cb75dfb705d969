# part of circular_imports_see_half_a_module

before = 1
import circle_b_part

done = "a done"
