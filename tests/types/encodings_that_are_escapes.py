"""unicode_escape and raw_unicode_escape, with every error and handler."""
import warnings

warnings.simplefilter("ignore")
for b in [b"\\", b"\\x", b"\\x1", b"\\xg1", b"\\u12", b"\\U0011", b"\\U00110000", b"\\N", b"\\N{", b"\\N{foo}",
          b"\\N{LATIN SMALL LETTER A}", b"\\777", b"\\q", b"\\\n", b"a\\1b", b"\\ud800", b"\\u12zz", b"\\N{}",
          b"\\x1\\x41", b"\\\\u0041", b"caf\xe9"]:
    for encoding in ("unicode_escape", "raw_unicode_escape"):
        for errors in ("strict", "replace", "ignore", "backslashreplace"):
            try:
                print(b, encoding, errors, ascii(b.decode(encoding, errors)))
            except UnicodeDecodeError as error:
                print(b, encoding, errors, error, error.start, error.end, error.reason, error.encoding)
text = "\ud800 \U0001f600 \\ \t\n\r\0\x7f\xff\u0416'"
print(text.encode("unicode_escape"))
print(text.encode("raw_unicode_escape"))
print(text.encode("unicode_escape").decode("unicode_escape") == text)
print("a\nb".encode("unicode-escape").decode(), "hello\\n".encode().decode("unicode_escape") == "hello\n")
