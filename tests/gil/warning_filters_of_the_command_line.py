# gilbox: -W error::RuntimeWarning -W ignore:quiet -W nonsense -W default::ResourceWarning
# Filters given with -W hold from the start, the last first.
import sys
import warnings

sys.stderr = sys.stdout
print(sys.warnoptions, [(f[0], f[2].__name__) for f in warnings.filters[:3]])
warnings.warn("quiet, please")
warnings.warn("loud")
warnings.warn("resource", ResourceWarning)
try:
    warnings.warn("running", RuntimeWarning)
except RuntimeWarning as error:
    print("raised", error)
