import codecs
import warnings

warnings.simplefilter('ignore')
for name in ["unicode_escape", "raw_unicode_escape", "cp1252", "cp437", "iso8859-15", "iso-8859-1", "koi8-r", "koi8-u", "cp1251", "cp850", "cp866", "mac-roman", "iso8859-2", "cp1250", "latin2", "windows-1252", "utf-8-sig", "utf_16_le", "utf-32-be", "ascii", "us-ascii", "646","l1","cp858","cp852","iso8859_5","iso8859_7","cp1253","cp1254","cp1255","cp1256","cp1257","cp1258","iso8859_9","iso8859-16","iso8859-13","cp775","tis-620","hp-roman8","cp037","cp500","cp1140","ptcp154","no-such-encoding"]:
    try: r = "h\u00e9llo \u20ac \u0416".encode(name, "replace")
    except Exception as e: r = type(e).__name__, str(e)
    print(name, r)
    try: r = bytes(range(256)).decode(name, "replace")
    except Exception as e: r = type(e).__name__, str(e)
    print(name, ascii(r))
    try: r = "h\u00e9llo \u20ac \u0416".encode(name)
    except Exception as e: r = type(e).__name__, str(e)
    print(name, r)
    try: r = bytes(range(256)).decode(name)
    except Exception as e: r = type(e).__name__, str(e)
    print(name, ascii(r))
    try: print(codecs.lookup(name).name)
    except Exception as e: print(type(e).__name__, e)
