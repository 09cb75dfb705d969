"""Help and usage as text."""

from argparse._actions import ONE_OR_MORE, OPTIONAL, PARSER, REMAINDER, SUPPRESS, ZERO_OR_MORE

# These classes are known as the package's own.
__name__ = "argparse"

_LEAST_WIDTH = 11


def _terminal_width():
    """How wide the terminal is, by COLUMNS or by its own word."""
    import os
    import sys
    try:
        columns = int(os.environ["COLUMNS"])
    except (KeyError, ValueError):
        columns = 0
    if columns <= 0:
        try:
            columns = os.get_terminal_size(sys.__stdout__.fileno()).columns or 80
        except (AttributeError, ValueError, OSError):
            columns = 80
    return columns


class _Section:
    """A part of the help: a heading, and what makes the texts below it."""

    def __init__(self, formatter, parent, heading=None):
        self.formatter = formatter
        self.parent = parent
        self.heading = heading
        self.items = []

    def format_help(self):
        formatter = self.formatter
        if self.parent is not None:
            formatter._indent()
        text = formatter._join_parts([function(*args) for function, args in self.items])
        if self.parent is not None:
            formatter._dedent()
        if not text:
            return ""
        heading = ""
        if self.heading is not SUPPRESS and self.heading is not None:
            theme = formatter._theme
            heading = f"{' ' * formatter._current_indent}{theme.heading}{self.heading}:{theme.reset}\n"
        return formatter._join_parts(["\n", heading, text, "\n"])


class HelpFormatter:
    """Makes help and usage of what a parser takes."""

    def __init__(self, prog, indent_increment=2, max_help_position=24, width=None, color=True):
        if width is None:
            width = _terminal_width() - 2
        self._prog = prog
        self._indent_increment = indent_increment
        self._max_help_position = min(max_help_position, max(width - 20, indent_increment * 2))
        self._width = width
        self._current_indent = 0
        self._level = 0
        self._action_max_length = 0
        self._root_section = self._current_section = _Section(self, None)
        self._set_color(color)

    def _set_color(self, color):
        self._color, self._colors = color, None

    @property
    def _theme(self):
        if self._colors is None:
            from _colors import argparse_theme, wanted
            self._colors = argparse_theme(self._color and wanted())
        return self._colors

    def _indent(self):
        self._current_indent += self._indent_increment
        self._level += 1

    def _dedent(self):
        self._current_indent -= self._indent_increment
        self._level -= 1

    def _add_item(self, func, args):
        self._current_section.items.append((func, args))

    def start_section(self, heading):
        self._indent()
        section = _Section(self, self._current_section, heading)
        self._add_item(section.format_help, [])
        self._current_section = section

    def end_section(self):
        self._current_section = self._current_section.parent
        self._dedent()

    def add_text(self, text):
        if text is not SUPPRESS and text is not None:
            self._add_item(self._format_text, [text])

    def add_usage(self, usage, actions, groups, prefix=None):
        if usage is not SUPPRESS:
            self._add_item(self._format_usage, (usage, actions, groups, prefix))

    def add_argument(self, action):
        if action.help is SUPPRESS:
            return
        length = _length(self._format_action_invocation(action)) + self._current_indent
        for subaction in self._iter_indented_subactions(action):
            length = max(length, _length(self._format_action_invocation(subaction)) + self._current_indent)
        self._action_max_length = max(self._action_max_length, length)
        self._add_item(self._format_action, [action])

    def add_arguments(self, actions):
        for action in actions:
            self.add_argument(action)

    def format_help(self):
        text = self._root_section.format_help()
        if not text:
            return ""
        while "\n\n\n" in text:
            text = text.replace("\n\n\n", "\n\n")
        return text.strip("\n") + "\n"

    def _join_parts(self, part_strings):
        return "".join([part for part in part_strings if part and part is not SUPPRESS])

    # The usage.

    def _format_usage(self, usage, actions, groups, prefix):
        if prefix is None:
            prefix = "usage: "
        theme = self._theme
        shown_prefix = f"{theme.usage}{prefix}{theme.reset}"
        prog = f"{theme.prog}{self._prog}{theme.reset}"
        if usage is not None:
            usage = usage % {"prog": prog + theme.prog_extra}
            return f"{shown_prefix}{theme.prog_extra}{usage}{theme.reset}\n\n"
        options, positionals = self._usage_parts(actions, groups)
        usage = " ".join([prog, *options, *positionals])
        room = max(self._width - self._current_indent, _LEAST_WIDTH)
        if len(prefix) + _length(usage) > room:
            usage = "\n".join(self._wrap_usage(prefix, prog, options, positionals, room))
        return f"{shown_prefix}{usage}\n\n"

    def _wrap_usage(self, prefix, prog, options, positionals, room):
        """The lines of a usage that is too long for one."""
        if len(prefix) + _length(prog) > 0.75 * room:
            # The program's name takes a line of its own.
            indent = " " * len(prefix)
            lines = _fill(options + positionals, indent, len(indent), room)
            if len(lines) > 1:
                lines = _fill(options, indent, len(indent), room) + _fill(positionals, indent, len(indent), room)
            return [prog] + lines
        indent = " " * (len(prefix) + _length(prog) + 1)
        if options:
            lines = _fill([prog] + options, indent, len(prefix), room)
            first = lines[0].lstrip(" ")
            return [first] + lines[1:] + _fill(positionals, indent, len(indent), room)
        if positionals:
            lines = _fill([prog] + positionals, indent, len(prefix), room)
            return [lines[0].lstrip(" ")] + lines[1:]
        return [prog]

    def _usage_parts(self, actions, groups):
        """The texts of the options, and those of the positional arguments; groups have brackets and bars."""
        options, positionals = _usage_clusters([action for action in actions if action.help is not SUPPRESS], groups)
        return ([part for cluster in options for part in self._cluster_parts(*cluster)],
                [part for cluster in positionals for part in self._cluster_parts(*cluster)])

    def _cluster_parts(self, required, members):
        """The texts of an argument that stands alone, or of a group of which one may be given."""
        grouped = len(members) > 1
        parts = [self._usage_part(action, grouped, required) for action in members]
        if grouped:
            opening, closing = "()" if required else "[]"
            parts[0] = opening + parts[0]
            parts[:-1] = [part + " |" for part in parts[:-1]]
            parts[-1] += closing
        return parts

    def _usage_part(self, action, grouped, required):
        theme = self._theme
        if not action.option_strings:
            part = self._format_args(action, self._get_default_metavar_for_positional(action))
            if grouped and part[:1] == "[" and part[-1:] == "]":
                part = part[1:-1]
            return f"{theme.summary_action}{part}{theme.reset}"
        option = action.option_strings[0]
        color = theme.summary_long_option if self._is_long_option(option) else theme.summary_short_option
        if action.nargs == 0:
            part = f"{color}{action.format_usage()}{theme.reset}"
        else:
            metavar = self._get_default_metavar_for_optional(action)
            part = f"{color}{option} {theme.summary_label}{self._format_args(action, metavar)}{theme.reset}"
        return part if action.required or required or grouped else f"[{part}]"

    def _is_long_option(self, string):
        return len(string) > 2

    # Texts and arguments.

    def _format_text(self, text):
        if "%(prog)" in text:
            text = text % {"prog": self._prog}
        width = max(self._width - self._current_indent, _LEAST_WIDTH)
        return self._fill_text(text, width, " " * self._current_indent) + "\n\n"

    def _format_action(self, action):
        position = min(self._action_max_length + 2, self._max_help_position)
        width = max(self._width - position, _LEAST_WIDTH)
        room = position - self._current_indent - 2
        header = self._format_action_invocation(action)
        indent = " " * self._current_indent
        if not action.help:
            parts, first = [f"{indent}{header}\n"], 0
        elif _length(header) <= room:
            parts, first = [f"{indent}{header}{' ' * (room - _length(header))}  "], 0
        else:
            parts, first = [f"{indent}{header}\n"], position
        if action.help and action.help.strip():
            text = self._expand_help(action)
            if text:
                lines = self._split_lines(text, width)
                parts.append(f"{' ' * first}{lines[0]}\n")
                parts += [f"{' ' * position}{line}\n" for line in lines[1:]]
        elif not parts[0].endswith("\n"):
            parts.append("\n")
        parts += [self._format_action(subaction) for subaction in self._iter_indented_subactions(action)]
        return self._join_parts(parts)

    def _format_action_invocation(self, action):
        theme = self._theme
        if not action.option_strings:
            default = self._get_default_metavar_for_positional(action)
            return theme.action + " ".join(self._metavar_formatter(action, default)(1)) + theme.reset
        options = ", ".join(
            (theme.long_option if self._is_long_option(option) else theme.short_option) + option + theme.reset
            for option in action.option_strings)
        if action.nargs == 0:
            return options
        arguments = self._format_args(action, self._get_default_metavar_for_optional(action))
        return f"{options} {theme.label}{arguments}{theme.reset}"

    def _metavar_formatter(self, action, default_metavar):
        """Gives as many names of an argument's values as are asked for."""
        if action.metavar is not None:
            result = action.metavar
        elif action.choices is not None:
            result = "{" + ",".join(map(str, action.choices)) + "}"
        else:
            result = default_metavar

        def names(count):
            return result if isinstance(result, tuple) else (result,) * count
        return names

    def _format_args(self, action, default_metavar):
        names = self._metavar_formatter(action, default_metavar)
        nargs = action.nargs
        if nargs is None:
            return "%s" % names(1)
        if nargs == OPTIONAL:
            return "[%s]" % names(1)
        if nargs == ZERO_OR_MORE:
            found = names(1)
            return "[%s [%s ...]]" % found if len(found) == 2 else "[%s ...]" % found
        if nargs == ONE_OR_MORE:
            return "%s [%s ...]" % names(2)
        if nargs == REMAINDER:
            return "..."
        if nargs == PARSER:
            return "%s ..." % names(1)
        if nargs == SUPPRESS:
            return ""
        try:
            form = " ".join(["%s" for _ in range(nargs)])
        except TypeError:
            raise ValueError("invalid nargs value") from None
        return form % names(nargs)

    def _expand_help(self, action):
        text = self._get_help_string(action)
        if "%" not in text:
            return text
        values = {"prog": self._prog}
        for name, value in vars(action).items():
            if value is SUPPRESS:
                continue
            values[name] = getattr(value, "__name__", value)
        if values.get("choices") is not None:
            values["choices"] = ", ".join(map(str, values["choices"]))
        return text % values

    def _iter_indented_subactions(self, action):
        subactions = getattr(action, "_get_subactions", None)
        if subactions is not None:
            self._indent()
            yield from subactions()
            self._dedent()

    def _split_lines(self, text, width):
        from textwrap import wrap
        return wrap(_one_line(text), width)

    def _fill_text(self, text, width, indent):
        from textwrap import fill
        return fill(_one_line(text), width, initial_indent=indent, subsequent_indent=indent)

    def _get_help_string(self, action):
        return action.help

    def _get_default_metavar_for_optional(self, action):
        return action.dest.upper()

    def _get_default_metavar_for_positional(self, action):
        return action.dest


def _one_line(text):
    """The text with single spaces; those that are not to be broken at stay."""
    import re
    return re.sub(r"\s+", " ", text, flags=re.ASCII).strip()


def _length(text):
    """How many columns a text takes: colours take none."""
    if "\x1b" not in text:
        return len(text)
    from _colors import plain
    return len(plain(text))


def _usage_clusters(actions, groups):
    """What stands together in a usage, as (whether the group is required, its arguments): of the options, in the order of
    the first of each, and of the positional arguments, each behind the options of its group."""
    group_of = dict.fromkeys(actions)
    for group in groups:
        group_of.update((action, group) for action in group._group_actions if action in group_of)

    def cluster(action):
        group = group_of.pop(action)
        if group is None:
            return None, [action]
        others = [other for other in group._group_actions if other.option_strings and group_of.pop(other, None)]
        return group.required, [action, *others] if action.option_strings else [*others, action]

    positionals = [cluster(action) for action in actions if not action.option_strings]
    return [cluster(action) for action in actions if action.option_strings and action in group_of], positionals


def _fill(parts, indent, taken, room):
    """Lines of parts, indented; so much of the first is taken by its indentation or what stands there instead."""
    lines, line, length = [], [], taken - 1
    for part in parts:
        if length + 1 + _length(part) > room and line:
            lines.append(indent + " ".join(line))
            line, length = [], len(indent) - 1
        line.append(part)
        length += _length(part) + 1
    if line:
        lines.append(indent + " ".join(line))
    return lines


class RawDescriptionHelpFormatter(HelpFormatter):
    """Keeps descriptions as they are."""

    def _fill_text(self, text, width, indent):
        return "".join(indent + line for line in text.splitlines(keepends=True))


class RawTextHelpFormatter(RawDescriptionHelpFormatter):
    """Keeps all texts as they are."""

    def _split_lines(self, text, width):
        return text.splitlines()


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    """Says what the defaults are."""

    def _get_help_string(self, action):
        text = action.help
        if text is None:
            text = ""
        if "%(default)" not in text and action.default is not SUPPRESS and not action.required and \
                (action.option_strings or action.nargs in (OPTIONAL, ZERO_OR_MORE)):
            text += " (default: %(default)s)"
        return text


class MetavarTypeHelpFormatter(HelpFormatter):
    """Names values by their types."""

    def _get_default_metavar_for_optional(self, action):
        return action.type.__name__

    def _get_default_metavar_for_positional(self, action):
        return action.type.__name__
