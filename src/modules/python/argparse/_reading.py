"""Reading a command line: which argument gets which of its texts.

Each text is an option (O), an argument (A), or the "--" after which all are arguments (-): the arguments of an action
are found by matching how many it takes against this row of letters.
"""

import sys

from argparse._actions import (ONE_OR_MORE, OPTIONAL, PARSER, REMAINDER, SUPPRESS, ZERO_OR_MORE, ArgumentError,
                               _get_action_name)

# These classes are known as the package's own.
__name__ = "argparse"

# The least and the most arguments of an action, by its nargs.
_COUNTS = {None: (1, 1), OPTIONAL: (0, 1), ZERO_OR_MORE: (0, None), ONE_OR_MORE: (1, None), SUPPRESS: (0, 0)}


def _ends(action, letters, at):
    """Where the texts of an action may end that begin at a place, the farthest first."""
    # An option's arguments do not reach over "--".
    passes = "" if action.option_strings else "-"
    if action.nargs in (REMAINDER, PARSER):
        end = at
        while end < len(letters) and letters[end] in "AO" + passes:
            end += 1
        least = at if action.nargs == REMAINDER else at + letters[at:at + 1].count(passes) + 1
        if action.nargs == REMAINDER or letters[least - 1:least] == "A":
            yield from range(end, least - 1, -1)
        return
    least, most = _COUNTS.get(action.nargs) or (action.nargs, action.nargs)
    # After each number of arguments; a "--" beside them may go with them or not.
    after = [at]
    while most is None or len(after) <= most:
        end = after[-1]
        if passes and letters[end:end + 1] == "-":
            end += 1
        if letters[end:end + 1] != "A":
            break
        after.append(end + 1)
    for end in after[:least:-1] + after[least:least + 1]:
        if passes and letters[end:end + 1] == "-":
            yield end + 1
        yield end


def count_for(action, letters):
    """How many texts an action takes of a row, or None."""
    return next(_ends(action, letters, 0), None)


def counts_for(actions, letters):
    """How many texts each of several actions takes, one after the other, and where that ends; None if they can not."""
    tries, ends = [_ends(actions[0], letters, 0)], [0]
    while tries:
        end = next(tries[-1], None)
        if end is None:
            tries.pop()
            ends.pop()
            continue
        ends.append(end)
        if len(tries) == len(actions):
            return [last - first for first, last in zip(ends, ends[1:])], end
        tries.append(_ends(actions[len(tries)], letters, end))
    return None


class Reading:
    """One reading of a command line into a namespace."""

    def __init__(self, parser, texts, namespace, intermixed):
        self.parser = parser
        self.texts = texts
        self.namespace = namespace
        self.intermixed = intermixed
        self.extras = []
        self.extra_letters = []
        self.seen = set()
        self.given = set()
        self.warned = set()
        self.positionals = parser._get_positional_actions()
        self.conflicts = {}
        for group in parser._mutually_exclusive_groups:
            for action in group._group_actions:
                others = self.conflicts.setdefault(action, [])
                others += [other for other in group._group_actions if other is not action]
        self._classify()

    def _classify(self):
        """Find the options, and what they may be, and write the row of letters."""
        self.options, letters = {}, []
        ended = False
        for at, text in enumerate(self.texts):
            if ended:
                letters.append("A")
            elif text == "--":
                letters.append("-")
                ended = True
            else:
                found = self.parser._parse_optional(text)
                if found is not None:
                    self.options[at] = found
                letters.append("A" if found is None else "O")
        self.letters = "".join(letters)

    def read(self):
        """Read it all; the texts that nothing knew."""
        at, last = 0, max(self.options, default=-1)
        while at <= last:
            option = at
            while option not in self.options:
                option += 1
            if not self.intermixed and at != option:
                end = self._read_positionals(at)
                # What reaches over the option has taken it.
                if end > at:
                    at = end
                    continue
            if at not in self.options:
                self._leave_over(at, option)
                at = option
            at = self._read_option(at)
        if self.intermixed:
            self._leave_over(at, len(self.texts))
            self._read_left_over()
        else:
            self.extras += self.texts[self._read_positionals(at):]
        self._check_required()
        return self.extras

    def _leave_over(self, start, end):
        self.extras += self.texts[start:end]
        self.extra_letters += self.letters[start:end]

    def _read_left_over(self):
        """Where options may stand anywhere, the positional arguments get what is left when they are read."""
        self.texts, self.letters = self.extras, "".join(self.extra_letters)
        # What was an option and unknown is none of theirs.
        unknown = [text for text, letter in zip(self.texts, self.letters) if letter == "O"]
        kept = [(text, letter) for text, letter in zip(self.texts, self.letters) if letter != "O"]
        self.texts = [text for text, _ in kept]
        self.letters = "".join(letter for _, letter in kept)
        end = self._read_positionals(0)
        self.extras = unknown + self.texts[end:]

    def _take(self, action, texts, option=None):
        """Give an action its texts, converted."""
        self.seen.add(action)
        values = self.parser._get_values(action, texts)
        if action.option_strings or texts:
            self.given.add(action)
            for other in self.conflicts.get(action, ()):
                if other in self.given:
                    raise ArgumentError(action, f"not allowed with argument {_get_action_name(other)}")
        if values is not SUPPRESS:
            action(self.parser, self.namespace, values, option)

    def _read_option(self, at):
        """Read the option at a place; where it and its arguments end."""
        found = self.options[at]
        if len(found) > 1:
            matches = ", ".join([option for _, option, _, _ in found])
            raise ArgumentError(None, f"ambiguous option: {self.texts[at]} could match {matches}")
        action, option, sep, value = found[0]
        if action is None:
            self._leave_over(at, at + 1)
            return at + 1
        takes, end = [], at + 1
        while True:
            if value is None:
                count = self.parser._match_argument(action, self.letters[at + 1:])
                end = at + 1 + count
                takes.append((action, self.texts[at + 1:end], option))
                break
            count = self.parser._match_argument(action, "A")
            if count == 1:
                takes.append((action, [value], option))
                break
            chars = self.parser.prefix_chars
            if count != 0 or option[1] in chars or value == "" or sep or value[0] in chars:
                raise ArgumentError(action, f"ignored explicit argument {value!r}")
            # Several options of one letter in one text.
            takes.append((action, [], option))
            rest = value
            option = option[0] + rest[0]
            action = self.parser._option_string_actions.get(option)
            if action is None:
                self.extras.append(option[0] + rest)
                self.extra_letters.append("O")
                break
            sep, value = "", rest[1:]
            if not value:
                sep = value = None
            elif value[0] == "=":
                sep, value = "=", value[1:]
        for action, texts, option in takes:
            if action.deprecated and option not in self.warned:
                self.parser._warning(f"option '{option}' is deprecated")
                self.warned.add(option)
            self._take(action, texts, option)
        return end

    def _read_positionals(self, at):
        """Give as many positional arguments as possible what stands from a place on; where that ends."""
        counts = self.parser._match_arguments_partial(self.positionals, self.letters[at:])
        for action, count in zip(self.positionals[:], counts):
            texts = self.texts[at:at + count]
            # What a command reads itself keeps it, unless it comes first.
            reach = {REMAINDER: 0, PARSER: 1}.get(action.nargs, count)
            if "-" in self.letters[at:at + min(reach, count)]:
                texts.remove("--")
            at += count
            if texts and action.deprecated:
                self.parser._warning(f"argument '{action.dest}' is deprecated")
            self._take(action, texts)
        del self.positionals[:len(counts)]
        return at

    def _check_required(self):
        """Refuse what lacks an argument; and convert defaults that are texts."""
        missing = []
        for action in self.parser._actions:
            if action in self.seen:
                continue
            if action.required:
                missing.append(_get_action_name(action))
            elif isinstance(action.default, str) and \
                    getattr(self.namespace, action.dest, None) is action.default:
                setattr(self.namespace, action.dest, self.parser._get_value(action, action.default))
        if missing:
            raise ArgumentError(None, f"the following arguments are required: {', '.join(map(str, missing))}")
        for group in self.parser._mutually_exclusive_groups:
            if group.required and not any(action in self.given for action in group._group_actions):
                names = [_get_action_name(action) for action in group._group_actions if action.help is not SUPPRESS]
                raise ArgumentError(None, f"one of the arguments {' '.join(names)} is required")


def program_name():
    """How the program was called: by its file's name, or by what it takes to run its module or folder."""
    import os
    path = sys.argv[0]
    spec = getattr(sys.modules.get("__main__"), "__spec__", None)
    if spec is None or spec.name != "__main__" and path != spec.origin:
        return os.path.basename(path)
    interpreter = os.path.basename(sys.executable)
    if spec.name == "__main__":
        return f"{interpreter} {path}"
    return f"{interpreter} -m {spec.name.removesuffix('.__main__')}"
