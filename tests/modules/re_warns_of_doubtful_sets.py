# Sets that might mean something else one day, and arguments by position.
import re
import warnings

for pattern in ["[[a]", "[^[a]", "[a[b]", "[a--b]", "[--a]", "[a-z--b]", "[+--]", "[a&&b]", "[&&a]", "[a~~b]", "[a||b]", "[|||]", "[a-b--]", "[]--a]", "[a\\--b]", "[a|&b]", "x[[a]", "[[:alpha:]]", "[a&&&b]"]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = re.compile(pattern)
        except re.error as error:
            result = error
        print(result, [(warning.category.__name__, str(warning.message)) for warning in caught])
    re.purge()
with warnings.catch_warnings():
    warnings.simplefilter("error")
    for call in [lambda: re.compile("[[x]"), lambda: re.sub("a", "b", "a", 1), lambda: re.split("a", "b", 1), lambda: re.subn("a", "b", "a", 1, 2)]:
        try:
            print(call())
        except Warning as warning:
            print(type(warning).__name__, warning)
