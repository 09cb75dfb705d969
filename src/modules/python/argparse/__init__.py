"""Command lines: what a program takes is declared, read, converted, checked, and told to the person who asks."""

from argparse._actions import (ONE_OR_MORE, OPTIONAL, PARSER, REMAINDER, SUPPRESS, ZERO_OR_MORE, Action, ArgumentError,
                               ArgumentTypeError, BooleanOptionalAction, FileType, Namespace, _AppendAction,
                               _AppendConstAction, _AttributeHolder, _CountAction, _ExtendAction, _get_action_name,
                               _HelpAction, _StoreAction, _StoreConstAction, _StoreFalseAction, _StoreTrueAction,
                               _SubParsersAction, _VersionAction)
from argparse._containers import _ActionsContainer, _ArgumentGroup, _MutuallyExclusiveGroup
from argparse._formatting import (ArgumentDefaultsHelpFormatter, HelpFormatter, MetavarTypeHelpFormatter,
                                  RawDescriptionHelpFormatter, RawTextHelpFormatter)
from argparse._parser import ArgumentParser, _identity

__all__ = ["ArgumentParser", "ArgumentError", "ArgumentTypeError", "BooleanOptionalAction", "FileType", "HelpFormatter",
           "ArgumentDefaultsHelpFormatter", "RawDescriptionHelpFormatter", "RawTextHelpFormatter",
           "MetavarTypeHelpFormatter", "Namespace", "Action", "ONE_OR_MORE", "OPTIONAL", "PARSER", "REMAINDER",
           "SUPPRESS", "ZERO_OR_MORE"]
