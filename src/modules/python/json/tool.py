"""The command line of json: checks a document, and lays it out."""

import argparse
import json
import re
import sys

# A name, a text, a number, a word; what is between them stays as it is.
_TOKENS = re.compile(r'("(?:\\.|[^"\\])*")(?=:)|("(?:\\.|[^"\\])*")|(-?(?:\d[\d.eE+-]*|Infinity)|NaN)|(true|false|null)')
_CODES = ("\x1b[1m", "\x1b[32m", "\x1b[33m", "\x1b[1;34m")


def _coloured(text):
    return _TOKENS.sub(lambda found: f"{_CODES[found.lastindex - 1]}{found[0]}\x1b[0m", text)


def _options():
    parser = argparse.ArgumentParser(
        description="A simple command line interface for json module to validate and pretty-print JSON objects.")
    parser.add_argument("infile", nargs="?", default="-", help="a JSON file to be validated or pretty-printed")
    parser.add_argument("outfile", nargs="?", help="write the output of infile to outfile")
    parser.add_argument("--sort-keys", action="store_true",
                        help="sort the output of dictionaries alphabetically by key")
    parser.add_argument("--no-ensure-ascii", dest="ensure_ascii", action="store_false",
                        help="disable escaping of non-ASCII characters")
    parser.add_argument("--json-lines", action="store_true",
                        help="parse input using the JSON Lines format. Use with --no-indent or --compact to produce valid "
                        "JSON Lines output.")
    layout = parser.add_mutually_exclusive_group()
    layout.add_argument("--indent", default=4, type=int,
                        help="separate items with newlines and use this number of spaces for indentation")
    layout.add_argument("--tab", action="store_const", dest="indent", const="\t",
                        help="separate items with newlines and use tabs for indentation")
    layout.add_argument("--no-indent", action="store_const", dest="indent", const=None,
                        help="separate items with spaces rather than newlines")
    layout.add_argument("--compact", action="store_true",
                        help="suppress all whitespace separation (most compact)")
    return parser.parse_args()


def main():
    from _colors import wanted
    options = _options()
    layout = {"sort_keys": options.sort_keys, "ensure_ascii": options.ensure_ascii, "indent": options.indent}
    if options.compact:
        layout.update(indent=None, separators=(",", ":"))
    try:
        with sys.stdin if options.infile == "-" else open(options.infile, encoding="utf-8") as infile:
            # A whole document is read before anything is written: that may be the same file.
            documents = (json.loads(line) for line in infile) if options.json_lines else [json.load(infile)]
            with sys.stdout if options.outfile is None else open(options.outfile, "w", encoding="utf-8") as outfile:
                with_colours = wanted(outfile)
                for document in documents:
                    text = json.dumps(document, **layout)
                    outfile.write((_coloured(text) if with_colours else text) + "\n")
    except ValueError as problem:
        raise SystemExit(problem) from None


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError as problem:
        raise SystemExit(problem.errno) from None
