"""The parser: declarations, reading, conversion, help, and errors."""

import sys

from argparse._actions import (ONE_OR_MORE, OPTIONAL, PARSER, REMAINDER, SUPPRESS, UNRECOGNIZED, ZERO_OR_MORE,
                               ArgumentError, ArgumentTypeError, Namespace, _AttributeHolder)
from argparse._containers import _ActionsContainer, _looks_negative
from argparse._formatting import HelpFormatter
from argparse._reading import Reading, count_for, counts_for, program_name

# These classes are known as the package's own.
__name__ = "argparse"


def _identity(value):
    return value


class ArgumentParser(_AttributeHolder, _ActionsContainer):
    """Declares what a command line may hold, reads it, and makes its help."""

    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=[],
                 formatter_class=HelpFormatter, prefix_chars="-", fromfile_prefix_chars=None, argument_default=None,
                 conflict_handler="error", add_help=True, allow_abbrev=True, exit_on_error=True, *,
                 suggest_on_error=False, color=True):
        _ActionsContainer.__init__(self, description, prefix_chars, argument_default, conflict_handler)
        self.prog = program_name() if prog is None else prog
        self.usage = usage
        self.epilog = epilog
        self.formatter_class = formatter_class
        self.fromfile_prefix_chars = fromfile_prefix_chars
        self.add_help = add_help
        self.allow_abbrev = allow_abbrev
        self.exit_on_error = exit_on_error
        self.suggest_on_error = suggest_on_error
        self.color = color
        self._positionals = self.add_argument_group("positional arguments")
        self._optionals = self.add_argument_group("options")
        self._subparsers = None
        self.register("type", None, _identity)
        prefix = "-" if "-" in prefix_chars else prefix_chars[0]
        if add_help:
            self.add_argument(prefix + "h", prefix * 2 + "help", action="help", default=SUPPRESS,
                              help="show this help message and exit")
        for parent in parents:
            if not isinstance(parent, ArgumentParser):
                raise TypeError("parents must be a list of ArgumentParser")
            self._add_container_actions(parent)
            self._defaults.update(parent._defaults)

    def _get_kwargs(self):
        names = ("prog", "usage", "description", "formatter_class", "conflict_handler", "add_help")
        return [(name, getattr(self, name)) for name in names]

    def add_subparsers(self, **kwargs):
        """Let the program have commands, each with a parser of its own."""
        if self._subparsers is not None:
            raise ValueError("cannot have multiple subparser arguments")
        kwargs.setdefault("parser_class", type(self))
        if "title" in kwargs or "description" in kwargs:
            self._subparsers = self.add_argument_group(kwargs.pop("title", "subcommands"),
                                                       kwargs.pop("description", None))
        else:
            self._subparsers = self._positionals
        if kwargs.get("prog") is None:
            # The commands' usage begins with what must come before them.
            formatter = self._get_validation_formatter()
            formatter.add_usage(None, self._get_positional_actions(), self._mutually_exclusive_groups, "")
            kwargs["prog"] = formatter.format_help().strip()
        action = self._registry_get("action", kwargs.pop("action", "parsers"))(option_strings=[], **kwargs)
        action._color = self.color
        self._check_help(action)
        self._subparsers._add_action(action)
        return action

    def _add_action(self, action):
        (self._optionals if action.option_strings else self._positionals)._add_action(action)
        return action

    def _get_optional_actions(self):
        return [action for action in self._actions if action.option_strings]

    def _get_positional_actions(self):
        return [action for action in self._actions if not action.option_strings]

    # Reading.

    def parse_args(self, args=None, namespace=None):
        """Read a command line; what is unknown is an error."""
        return self._refuse_unknown(*self.parse_known_args(args, namespace))

    def _refuse_unknown(self, namespace, unknown):
        if unknown:
            text = f"unrecognized arguments: {' '.join(unknown)}"
            if self.exit_on_error:
                self.error(text)
            raise ArgumentError(None, text)
        return namespace

    def parse_known_args(self, args=None, namespace=None):
        """Read a command line; its namespace, and what is unknown."""
        return self._read(args, namespace, intermixed=False)

    def parse_intermixed_args(self, args=None, namespace=None):
        """Read a command line whose options may stand between positional arguments that belong together."""
        return self._refuse_unknown(*self.parse_known_intermixed_args(args, namespace))

    def parse_known_intermixed_args(self, args=None, namespace=None):
        """The same, giving what is unknown as well."""
        for action in self._get_positional_actions():
            if action.nargs in (PARSER, REMAINDER):
                raise TypeError(f"parse_intermixed_args: positional arg with nargs={action.nargs}")
        return self._read(args, namespace, intermixed=True)

    def _read(self, args, namespace, intermixed):
        args = sys.argv[1:] if args is None else list(args)
        namespace = Namespace() if namespace is None else namespace
        for action in self._actions:
            if action.dest is not SUPPRESS and action.default is not SUPPRESS and not hasattr(namespace, action.dest):
                setattr(namespace, action.dest, action.default)
        for dest, value in self._defaults.items():
            if not hasattr(namespace, dest):
                setattr(namespace, dest, value)
        try:
            if self.fromfile_prefix_chars is not None:
                args = self._read_args_from_files(args)
            unknown = Reading(self, args, namespace, intermixed).read()
        except ArgumentError as problem:
            if not self.exit_on_error:
                raise
            self.error(str(problem))
        if hasattr(namespace, UNRECOGNIZED):
            unknown = unknown + getattr(namespace, UNRECOGNIZED)
            delattr(namespace, UNRECOGNIZED)
        return namespace, unknown

    def _read_args_from_files(self, arg_strings):
        texts = []
        for text in arg_strings:
            if not text or text[0] not in self.fromfile_prefix_chars:
                texts.append(text)
                continue
            try:
                with open(text[1:], encoding=sys.getfilesystemencoding(), errors="surrogateescape") as file:
                    found = [arg for line in file.read().splitlines() for arg in self.convert_arg_line_to_args(line)]
            except OSError as problem:
                raise ArgumentError(None, str(problem))
            texts += self._read_args_from_files(found)
        return texts

    def convert_arg_line_to_args(self, arg_line):
        """The arguments of a line of a file."""
        return [arg_line]

    def _match_argument(self, action, arg_strings_pattern):
        """How many texts an action takes."""
        found = count_for(action, arg_strings_pattern)
        if found is not None:
            return found
        count = action.nargs
        said = {None: "expected one argument", OPTIONAL: "expected at most one argument",
                ONE_OR_MORE: "expected at least one argument"}.get(count)
        raise ArgumentError(action, said or f"expected {count} argument{'' if count == 1 else 's'}")

    def _match_arguments_partial(self, actions, arg_strings_pattern):
        """How many texts each of the first actions takes: of as many as can be served together."""
        for length in range(len(actions), 0, -1):
            found = counts_for(actions[:length], arg_strings_pattern)
            if found is None:
                continue
            counts, end = found
            if arg_strings_pattern[end:end + 1] == "O":
                # Those that would get nothing may still get something after the option.
                while counts and not counts[-1]:
                    counts.pop()
            return counts
        return []

    def _parse_optional(self, arg_string):
        """What option a text may be: a list of (action, option, separator, value); None if it is an argument."""
        if not arg_string or arg_string[0] not in self.prefix_chars:
            return None
        if arg_string in self._option_string_actions:
            return [(self._option_string_actions[arg_string], arg_string, None, None)]
        if len(arg_string) == 1:
            return None
        option, sep, value = arg_string.partition("=")
        if sep and option in self._option_string_actions:
            return [(self._option_string_actions[option], option, sep, value)]
        found = self._get_option_tuples(arg_string)
        if found:
            return found
        if _looks_negative(arg_string) and not self._has_negative_number_optionals or " " in arg_string:
            return None
        return [(None, arg_string, None, None)]

    def _get_option_tuples(self, option_string):
        """The options that a text may abbreviate, or be together with a value."""
        chars, known = self.prefix_chars, self._option_string_actions
        prefix, sep, value = option_string.partition("=")
        if not sep:
            sep = value = None
        if option_string[1] in chars:
            if not self.allow_abbrev:
                return []
            return [(action, option, sep, value) for option, action in known.items() if option.startswith(prefix)]
        found = []
        for option, action in known.items():
            if option == option_string[:2]:
                found.append((action, option, "", option_string[2:]))
            elif self.allow_abbrev and option.startswith(prefix):
                found.append((action, option, sep, value))
        return found

    # Values.

    def _get_values(self, action, arg_strings):
        """What an action is called with, converted and checked."""
        nargs = action.nargs
        if not arg_strings and nargs == OPTIONAL:
            value = action.const if action.option_strings else action.default
            if isinstance(value, str) and value is not SUPPRESS:
                value = self._get_value(action, value)
            return value
        if not arg_strings and nargs == ZERO_OR_MORE and not action.option_strings:
            return [] if action.default is None else action.default
        if nargs == SUPPRESS:
            return SUPPRESS
        values = [self._get_value(action, text) for text in arg_strings]
        if nargs == PARSER:
            self._check_value(action, values[0])
        elif nargs != REMAINDER:
            for value in values:
                self._check_value(action, value)
        return values[0] if nargs in (None, OPTIONAL) else values

    def _get_value(self, action, arg_string):
        convert = self._registry_get("type", action.type, action.type)
        if not callable(convert):
            raise TypeError(f"{convert!r} is not callable")
        try:
            return convert(arg_string)
        except ArgumentTypeError as problem:
            raise ArgumentError(action, str(problem))
        except (TypeError, ValueError):
            name = getattr(action.type, "__name__", repr(action.type))
            raise ArgumentError(action, f"invalid {name} value: {arg_string!r}")

    def _check_value(self, action, value):
        choices = action.choices
        if choices is None or value in (list(choices) if isinstance(choices, str) else choices):
            return
        maybe = ""
        if self.suggest_on_error and isinstance(value, str) and all(isinstance(choice, str) for choice in choices):
            from _diff import close_matches
            near = close_matches(value, choices, 1)
            if near:
                maybe = f", maybe you meant {near[0]!r}?"
        known = ", ".join([repr(str(choice)) for choice in choices])
        raise ArgumentError(action, f"invalid choice: {str(value)!r}{maybe} (choose from {known})")

    # Help, and the end.

    def _get_formatter(self):
        formatter = self.formatter_class(prog=self.prog)
        formatter._set_color(self.color)
        return formatter

    def _get_validation_formatter(self):
        formatter = self.formatter_class(prog=self.prog)
        formatter._set_color(False)
        return formatter

    def format_usage(self):
        """The usage as text."""
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        return formatter.format_help()

    def format_help(self):
        """The help as text."""
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        formatter.add_text(self.description)
        for group in self._action_groups:
            formatter.start_section(group.title)
            formatter.add_text(group.description)
            formatter.add_arguments(group._group_actions)
            formatter.end_section()
        formatter.add_text(self.epilog)
        return formatter.format_help()

    def print_usage(self, file=None):
        """Print the usage, by default to standard output."""
        self._print_message(self.format_usage(), sys.stdout if file is None else file)

    def print_help(self, file=None):
        """Print the help, by default to standard output."""
        self._print_message(self.format_help(), sys.stdout if file is None else file)

    def _print_message(self, message, file=None):
        if not message:
            return
        try:
            (file or sys.stderr).write(message)
        except (AttributeError, OSError):
            pass

    def exit(self, status=0, message=None):
        """End the program."""
        if message:
            self._print_message(message, sys.stderr)
        sys.exit(status)

    def error(self, message):
        """Print the usage and what is wrong to standard error, and end the program with 2."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: error: {message}\n")

    def _warning(self, message):
        self._print_message(f"{self.prog}: warning: {message}\n", sys.stderr)
