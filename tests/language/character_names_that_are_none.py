# Names of characters in strings: those with a hyphen at an end, or in an odd place, are nobody's.
for text in [r"'\N{-1}'", r"'\N{-}'", r"'\N{A-}'", r"'\N{LATIN SMALL LETTER A-}'", r"'\N{-LATIN SMALL LETTER A}'",
             r"'\N{HANGUL JUNGSEONG O-E}'", r"'\N{HANGUL JUNGSEONG OE}'", r"'\N{TIBETAN LETTER -A}'", r"'\N{ }'",
             r"'\N{}'", r"f'\N{-1}'", r"b'\N{-1}'"]:
    try:
        print(text, ascii(eval(text)))
    except SyntaxError as error:
        print(text, error)
