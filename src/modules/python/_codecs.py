"""The functions of `codecs` under the name by which pickles of old protocols know them."""

from codecs import decode, encode, lookup, lookup_error, register_error

encode.__module__ = decode.__module__ = __name__
