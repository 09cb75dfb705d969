"""repr quoting and escapes, code points beyond the BMP, comparison, iteration."""

print(repr("a'b"), repr('a"b'), repr("a'b\"c"), repr("\n\t\r\\\0\x7f\x1b"), repr("é日😀"), repr("\u200b\ud800\U000e0001"))
print(ascii("é日😀"), ascii("a'b"))
print(len("😀é"), "😀é"[0] == "😀", [hex(ord(c)) for c in "aé日😀"], chr(128512), chr(0x10FFFF) == "\U0010ffff")
print(sorted("zéa日😀"), max("abc"), list("né"), "naïve".upper(), "İ".lower() == "i̇", "ǆ".title())
print("😀" * 2, "a😀b".find("b"), "a😀b"[::-1], "😀" in "a😀", "é" == "e\u0301", "日本語".center(9, "*"))
print(str(b"x"), str(5), str([1, "a"]), str(), str(b"caf\xc3\xa9", "utf-8"), str(object)[:7])
print(hash("a") == hash("a"), id("x") == id("x"))
for bad in ("chr(-1)", "chr(0x110000)", "ord('ab')", "ord('')", "ord(5)", "str(b'\\xff', 'utf-8')", "b'\\xff'.decode()", "'\\ud800'.encode()"):
    try:
        eval(bad)
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
print(b"\xff\xe9".decode("latin-1"), b"a\xffb".decode("utf-8", "replace"), b"a\xffb".decode("ascii", "ignore"), "aé".encode("ascii", "replace"), "é".encode("ascii", "backslashreplace"))
print("ABC".lower() == "abc".casefold(), "Ünïcödé".swapcase(), "ﬁ".upper(), "Σ".lower(), "ΑΣ".lower())
