"""resource: what the process has used, and its limits."""
import os
import resource

used = resource.getrusage(resource.RUSAGE_SELF)
print(type(used), len(used), used.ru_maxrss > 1000, used.ru_utime >= 0, used[0] == used.ru_utime, used.ru_nvcsw >= 0)
print([name for name in dir(used) if name.startswith("ru_")])
total = sum(range(3_000))
later = resource.getrusage(resource.RUSAGE_SELF)
print(later.ru_utime + later.ru_stime >= used.ru_utime + used.ru_stime, later.ru_maxrss >= used.ru_maxrss)
print(resource.getrusage(resource.RUSAGE_THREAD).ru_utime <= later.ru_utime + 1, resource.getrusage(resource.RUSAGE_CHILDREN)[0] >= 0)
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
print(soft > 0, hard == resource.RLIM_INFINITY or soft <= hard, resource.getpagesize() == os.sysconf("SC_PAGESIZE"))


def attempt(function, *args):
    try:
        print(function(*args))
    except Exception as error:
        print(type(error).__name__, error)


attempt(resource.getrusage, 99)
attempt(resource.getrusage, "self")
attempt(resource.getrlimit, 99)
attempt(resource.getrlimit, "x")
attempt(resource.setrlimit, 7, 5)
attempt(resource.setrlimit, 7, (1, 2, 3))
attempt(resource.setrlimit, 99, (1, 2))
print({name: getattr(resource, name) for name in dir(resource) if name.isupper() and name.startswith(("RLIM", "RUSAGE"))})
print(resource.error is OSError)
print(len(os.getloadavg()), all(load >= 0 for load in os.getloadavg()), os.sysconf("SC_NPROCESSORS_ONLN") >= 1)
attempt(os.sysconf, "no name")
attempt(os.sysconf, 1.5)
print(os.EX_USAGE, os.EX_NOINPUT, os.EX_CONFIG, os.SEEK_DATA, os.SEEK_HOLE)
