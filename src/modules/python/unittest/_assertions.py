"""The assertions of TestCase: what they check, and what they say when it does not hold."""

import sys as _sys

from unittest._contexts import (_AssertLogsContext, _AssertNotWarnsContext, _AssertRaisesContext, _AssertWarnsContext)
from unittest.util import _common_shorten_repr, _count_differences, safe_repr

__unittest = True

DIFF_OMITTED = "\nDiff is %s characters long. Set self.maxDiff to None to see it."


def _own_lines(text):
    """A text as pprint lays it out, in lines."""
    from pprint import pformat
    return pformat(text).splitlines()


def _diff(first, second, ends=""):
    from _diff import line_diff
    return "\n" + ends.join(line_diff(first, second))


def _kind(obj):
    """What an object is, as the interpreter says it where an attribute is missing."""
    if isinstance(obj, type(_sys)):
        return f"module {obj.__name__!r}"
    if isinstance(obj, type):
        return f"type object {obj.__name__!r}"
    return f"{type(obj).__name__!r} object"


class _Assertions:
    """What a test may claim. failureException is raised when a claim does not hold."""

    failureException = AssertionError
    # Whether a message of the test's own comes after the standard one or in its place.
    longMessage = True
    # How long a difference may be that is shown.
    maxDiff = 80 * 8
    # Longer texts are not compared line by line.
    _diffThreshold = 2 ** 16

    def addTypeEqualityFunc(self, typeobj, function):
        """Compare two objects of exactly this type by a function or a method of this name."""
        self._type_equality_funcs[typeobj] = function

    def _formatMessage(self, msg, standardMsg):
        if not self.longMessage:
            return msg or standardMsg
        return standardMsg if msg is None else f"{standardMsg} : {msg}"

    def _refuse(self, msg, standard):
        raise self.failureException(self._formatMessage(msg, standard))

    def fail(self, msg=None):
        """Fail at once."""
        raise self.failureException(msg)

    def assertFalse(self, expr, msg=None):
        """Claim that an expression is false."""
        if expr:
            self._refuse(msg, f"{safe_repr(expr)} is not false")

    def assertTrue(self, expr, msg=None):
        """Claim that an expression is true."""
        if not expr:
            self._refuse(msg, f"{safe_repr(expr)} is not true")

    # Exceptions, warnings, logs.

    def assertRaises(self, expected_exception, *args, **kwargs):
        """Claim that a call, or the block of a with statement, raises an exception."""
        context = _AssertRaisesContext(expected_exception, self)
        try:
            return context.handle("assertRaises", args, kwargs)
        finally:
            # The context and the frame of an exception would keep each other alive.
            context = None

    def assertRaisesRegex(self, expected_exception, expected_regex, *args, **kwargs):
        """Claim that an exception is raised whose text a regular expression finds."""
        context = _AssertRaisesContext(expected_exception, self, expected_regex)
        return context.handle("assertRaisesRegex", args, kwargs)

    def assertWarns(self, expected_warning, *args, **kwargs):
        """Claim that a call, or the block of a with statement, warns."""
        return _AssertWarnsContext(expected_warning, self).handle("assertWarns", args, kwargs)

    def assertWarnsRegex(self, expected_warning, expected_regex, *args, **kwargs):
        """Claim a warning whose text a regular expression finds."""
        context = _AssertWarnsContext(expected_warning, self, expected_regex)
        return context.handle("assertWarnsRegex", args, kwargs)

    def _assertNotWarns(self, expected_warning, *args, **kwargs):
        return _AssertNotWarnsContext(expected_warning, self).handle("_assertNotWarns", args, kwargs)

    def assertLogs(self, logger=None, level=None):
        """Claim that the block logs with a logger, at a level or above."""
        return _AssertLogsContext(self, logger, level, no_logs=False)

    def assertNoLogs(self, logger=None, level=None):
        """Claim that the block logs nothing."""
        return _AssertLogsContext(self, logger, level, no_logs=True)

    # Equality.

    def _getAssertEqualityFunc(self, first, second):
        if type(first) is type(second):
            function = self._type_equality_funcs.get(type(first))
            if function is not None:
                return getattr(self, function) if isinstance(function, str) else function
        return self._baseAssertEqual

    def _baseAssertEqual(self, first, second, msg=None):
        if not first == second:
            self._refuse(msg, "%s != %s" % _common_shorten_repr(first, second))

    def assertEqual(self, first, second, msg=None):
        """Claim that two objects are equal; by the function of their type, if it has one."""
        self._getAssertEqualityFunc(first, second)(first, second, msg=msg)

    def assertNotEqual(self, first, second, msg=None):
        """Claim that two objects are not equal."""
        if not first != second:
            self._refuse(msg, f"{safe_repr(first)} == {safe_repr(second)}")

    def _near(self, first, second, places, delta):
        """Whether two numbers are nearly equal, and how this is said: (near, within what, the difference)."""
        difference = abs(first - second)
        if delta is not None:
            return difference <= delta, f"{safe_repr(delta)} delta", difference
        places = 7 if places is None else places
        return round(difference, places) == 0, f"{places!r} places", difference

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        """Claim that two numbers differ by at most delta, or not in so many decimal places."""
        if first == second:
            return
        if delta is not None and places is not None:
            raise TypeError("specify delta or places not both")
        near, within, difference = self._near(first, second, places, delta)
        if not near:
            self._refuse(msg, f"{safe_repr(first)} != {safe_repr(second)} within {within} "
                              f"({safe_repr(difference)} difference)")

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        """Claim that two numbers are not nearly equal."""
        if delta is not None and places is not None:
            raise TypeError("specify delta or places not both")
        near, within, difference = self._near(first, second, places, delta)
        if first == second or near:
            more = f" ({safe_repr(difference)} difference)" if delta is not None and first != second else ""
            self._refuse(msg, f"{safe_repr(first)} == {safe_repr(second)} within {within}{more}")

    def _truncateMessage(self, message, diff):
        if self.maxDiff is None or len(diff) <= self.maxDiff:
            return message + diff
        return message + DIFF_OMITTED % len(diff)

    def assertSequenceEqual(self, seq1, seq2, msg=None, seq_type=None):
        """Claim that two sequences have the same items; of one type, if one is given."""
        name = "sequence"
        if seq_type is not None:
            name = seq_type.__name__
            for place, seq in (("First", seq1), ("Second", seq2)):
                if not isinstance(seq, seq_type):
                    raise self.failureException(f"{place} sequence is not a {name}: {safe_repr(seq)}")
        said = None
        for place, seq in (("First", seq1), ("Second", seq2)):
            try:
                len(seq)
            except (TypeError, NotImplementedError):
                said = said or f"{place} {name} has no length.    Non-sequence?"
        if said is None:
            if seq1 == seq2:
                return
            said = self._sequence_difference(seq1, seq2, name, seq_type)
            if said is None:
                return
        diff = _diff(_own_lines(seq1), _own_lines(seq2), "\n")
        self.fail(self._formatMessage(msg, self._truncateMessage(said, diff)))

    def _sequence_difference(self, seq1, seq2, name, seq_type):
        """Where two sequences begin to differ; None if they do not, being only of other types."""
        said = "%ss differ: %s != %s\n" % (name.capitalize(), *_common_shorten_repr(seq1, seq2))
        lengths = len(seq1), len(seq2)
        for at in range(min(lengths)):
            items = []
            for place, seq in (("first", seq1), ("second", seq2)):
                try:
                    items.append(seq[at])
                except (TypeError, IndexError, NotImplementedError):
                    said += f"\nUnable to index element {at} of {place} {name}\n"
                    break
            if len(items) < 2:
                break
            if items[0] != items[1]:
                said += "\nFirst differing element %d:\n%s\n%s\n" % (at, *_common_shorten_repr(*items))
                break
        else:
            if lengths[0] == lengths[1] and seq_type is None and type(seq1) != type(seq2):
                return None
        if lengths[0] == lengths[1]:
            return said
        place, seq = ("First", seq1) if lengths[0] > lengths[1] else ("Second", seq2)
        said += f"\n{place} {name} contains {abs(lengths[0] - lengths[1])} additional elements.\n"
        at = min(lengths)
        try:
            return said + f"First extra element {at}:\n{safe_repr(seq[at])}\n"
        except (TypeError, IndexError, NotImplementedError):
            return said + f"Unable to index element {at} of {place.lower()} {name}\n"

    def assertListEqual(self, list1, list2, msg=None):
        """Claim that two lists are equal."""
        self.assertSequenceEqual(list1, list2, msg, seq_type=list)

    def assertTupleEqual(self, tuple1, tuple2, msg=None):
        """Claim that two tuples are equal."""
        self.assertSequenceEqual(tuple1, tuple2, msg, seq_type=tuple)

    def assertSetEqual(self, set1, set2, msg=None):
        """Claim that two sets are equal."""
        said = []
        for place, other, ours, theirs in (("first", "second", set1, set2), ("second", "first", set2, set1)):
            try:
                missing = ours.difference(theirs)
            except TypeError as problem:
                self.fail(f"invalid type when attempting set difference: {problem}")
            except AttributeError as problem:
                self.fail(f"{place} argument does not support set difference: {problem}")
            if missing:
                said.append(f"Items in the {place} set but not the {other}:")
                said += [repr(item) for item in missing]
        if said:
            self._refuse(msg, "\n".join(said))

    def assertDictEqual(self, d1, d2, msg=None):
        """Claim that two dictionaries are equal."""
        self.assertIsInstance(d1, dict, "First argument is not a dictionary")
        self.assertIsInstance(d2, dict, "Second argument is not a dictionary")
        if d1 != d2:
            diff = _diff(_own_lines(d1), _own_lines(d2), "\n")
            self._refuse(msg, self._truncateMessage("%s != %s" % _common_shorten_repr(d1, d2), diff))

    def assertCountEqual(self, first, second, msg=None):
        """Claim that two iterables have the same items equally often, in any order."""
        differences = _count_differences(list(first), list(second))
        if differences:
            lines = ["First has %d, Second has %d:  %r" % difference for difference in differences]
            self._refuse(msg, self._truncateMessage("Element counts were not equal:\n", "\n".join(lines)))

    def assertMultiLineEqual(self, first, second, msg=None):
        """Claim that two texts are equal."""
        self.assertIsInstance(first, str, "First argument is not a string")
        self.assertIsInstance(second, str, "Second argument is not a string")
        if first == second:
            return
        if len(first) > self._diffThreshold or len(second) > self._diffThreshold:
            self._baseAssertEqual(first, second, msg)
        lines = [first, second]
        # A missing newline is shown only if the other text has it.
        if not any(text.endswith("\n") for text in lines):
            lines = [text + "\n" if text else text for text in lines]
        diff = _diff(*[text.splitlines(keepends=True) for text in lines])
        self._refuse(msg, self._truncateMessage("%s != %s" % _common_shorten_repr(first, second), diff))

    # Order, membership, identity, types, attributes.

    def assertIn(self, member, container, msg=None):
        """Claim that a container has a member."""
        if member not in container:
            self._refuse(msg, f"{safe_repr(member)} not found in {safe_repr(container)}")

    def assertNotIn(self, member, container, msg=None):
        """Claim that a container has not a member."""
        if member in container:
            self._refuse(msg, f"{safe_repr(member)} unexpectedly found in {safe_repr(container)}")

    def assertIs(self, expr1, expr2, msg=None):
        """Claim that two expressions are one object."""
        if expr1 is not expr2:
            self._refuse(msg, f"{safe_repr(expr1)} is not {safe_repr(expr2)}")

    def assertIsNot(self, expr1, expr2, msg=None):
        """Claim that two expressions are not one object."""
        if expr1 is expr2:
            self._refuse(msg, f"unexpectedly identical: {safe_repr(expr1)}")

    def assertIsNone(self, obj, msg=None):
        """Claim that an object is None."""
        if obj is not None:
            self._refuse(msg, f"{safe_repr(obj)} is not None")

    def assertIsNotNone(self, obj, msg=None):
        """Claim that an object is not None."""
        if obj is None:
            self._refuse(msg, "unexpectedly None")

    def assertLess(self, a, b, msg=None):
        """Claim a < b."""
        if not a < b:
            self._refuse(msg, f"{safe_repr(a)} not less than {safe_repr(b)}")

    def assertLessEqual(self, a, b, msg=None):
        """Claim a <= b."""
        if not a <= b:
            self._refuse(msg, f"{safe_repr(a)} not less than or equal to {safe_repr(b)}")

    def assertGreater(self, a, b, msg=None):
        """Claim a > b."""
        if not a > b:
            self._refuse(msg, f"{safe_repr(a)} not greater than {safe_repr(b)}")

    def assertGreaterEqual(self, a, b, msg=None):
        """Claim a >= b."""
        if not a >= b:
            self._refuse(msg, f"{safe_repr(a)} not greater than or equal to {safe_repr(b)}")

    def assertIsInstance(self, obj, cls, msg=None):
        """Claim that an object is an instance of a class, or of one of a tuple of them."""
        if not isinstance(obj, cls):
            any_of = "any of " if isinstance(cls, tuple) else ""
            self._refuse(msg, f"{safe_repr(obj)} is not an instance of {any_of}{cls!r}")

    def assertNotIsInstance(self, obj, cls, msg=None):
        """Claim that an object is an instance of no such class."""
        if isinstance(obj, cls):
            found = next(one for one in cls if isinstance(obj, one)) if isinstance(cls, tuple) else cls
            self._refuse(msg, f"{safe_repr(obj)} is an instance of {found!r}")

    def _is_subclass(self, cls, superclass, msg):
        try:
            return issubclass(cls, superclass)
        except TypeError:
            if not isinstance(cls, type):
                self._refuse(msg, f"{cls!r} is not a class")
            raise

    def assertIsSubclass(self, cls, superclass, msg=None):
        """Claim that a class derives from another, or from one of a tuple of them."""
        if not self._is_subclass(cls, superclass, msg):
            any_of = "any of " if isinstance(superclass, tuple) else ""
            self._refuse(msg, f"{cls!r} is not a subclass of {any_of}{superclass!r}")

    def assertNotIsSubclass(self, cls, superclass, msg=None):
        """Claim that a class derives from no such class."""
        if self._is_subclass(cls, superclass, msg):
            found = next(one for one in superclass if issubclass(cls, one)) if isinstance(superclass, tuple) else \
                superclass
            self._refuse(msg, f"{cls!r} is a subclass of {found!r}")

    def assertHasAttr(self, obj, name, msg=None):
        """Claim that an object has an attribute."""
        if not hasattr(obj, name):
            self._refuse(msg, f"{_kind(obj)} has no attribute {name!r}")

    def assertNotHasAttr(self, obj, name, msg=None):
        """Claim that an object has not an attribute."""
        if hasattr(obj, name):
            self._refuse(msg, f"{_kind(obj)} has unexpected attribute {name!r}")

    # Texts.

    def assertRegex(self, text, expected_regex, msg=None):
        """Claim that a regular expression finds something in a text."""
        if isinstance(expected_regex, (str, bytes)):
            assert expected_regex, "expected_regex must not be empty."
            import re
            expected_regex = re.compile(expected_regex)
        if not expected_regex.search(text):
            self._refuse(msg, f"Regex didn't match: {expected_regex.pattern!r} not found in {text!r}")

    def assertNotRegex(self, text, unexpected_regex, msg=None):
        """Claim that a regular expression finds nothing in a text."""
        if isinstance(unexpected_regex, (str, bytes)):
            import re
            unexpected_regex = re.compile(unexpected_regex)
        found = unexpected_regex.search(text)
        if found:
            self._refuse(msg, f"Regex matched: {text[found.start():found.end()]!r} matches "
                              f"{unexpected_regex.pattern!r} in {text!r}")

    def _tail_type_check(self, s, tails, msg):
        """Fail if texts and bytes are mixed."""
        for tail in tails if isinstance(tails, tuple) else (tails,):
            if isinstance(tail, str) and not isinstance(s, str):
                self._refuse(msg, f"Expected str, not {type(s).__name__}")
            if isinstance(tail, (bytes, bytearray)) and not isinstance(s, (bytes, bytearray)):
                self._refuse(msg, f"Expected bytes, not {type(s).__name__}")

    def _check_tail(self, s, tails, msg, test, said):
        try:
            if test(s, tails):
                return
        except (AttributeError, TypeError):
            self._tail_type_check(s, tails, msg)
            raise
        any_of = "any of " if isinstance(tails, tuple) else ""
        self._refuse(msg, f"{safe_repr(s)} doesn't {said} with {any_of}{safe_repr(tails)}")

    def _check_no_tail(self, s, tails, msg, test, said):
        try:
            if not test(s, tails):
                return
        except (AttributeError, TypeError):
            self._tail_type_check(s, tails, msg)
            raise
        found = next(tail for tail in tails if test(s, tail)) if isinstance(tails, tuple) else tails
        self._refuse(msg, f"{safe_repr(s)} {said}s with {safe_repr(found)}")

    def assertStartsWith(self, s, prefix, msg=None):
        """Claim that a text begins with another, or with one of a tuple of them."""
        self._check_tail(s, prefix, msg, lambda s, tail: s.startswith(tail), "start")

    def assertNotStartsWith(self, s, prefix, msg=None):
        """Claim that a text does not begin so."""
        self._check_no_tail(s, prefix, msg, lambda s, tail: s.startswith(tail), "start")

    def assertEndsWith(self, s, suffix, msg=None):
        """Claim that a text ends with another, or with one of a tuple of them."""
        self._check_tail(s, suffix, msg, lambda s, tail: s.endswith(tail), "end")

    def assertNotEndsWith(self, s, suffix, msg=None):
        """Claim that a text does not end so."""
        self._check_no_tail(s, suffix, msg, lambda s, tail: s.endswith(tail), "end")
