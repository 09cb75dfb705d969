# part of import_in_threads_runs_the_module_once

import time

print("imported once")
time.sleep(0.05)
value = 7
