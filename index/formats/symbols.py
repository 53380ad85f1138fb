"""Characters of symbol fonts in Unicode: check boxes, ticks, bullets and Greek letters."""

_WINGDINGS = {
    0xFE: "☑",
    0xFD: "☒",
    0x78: "☒",
    0xA8: "☐",
    0x6F: "☐",
    0x71: "☐",
    0x72: "☐",
    0xFC: "✓",
    0xFB: "✗",
    0x4A: "☺",
    0xA7: "▪",
    0x6C: "●",
    0x6E: "■",
    0xE0: "→",
    0xDF: "←",
    0xE8: "→",
    0xF0: "⇨",
    0x28: "☎",
    0x2A: "✉",
}
_WINGDINGS_2 = {0x52: "☑", 0x54: "☒", 0x53: "☒", 0xA3: "☐", 0x2A: "☐", 0x50: "✓", 0x4F: "✗"}
_SYMBOL = dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)) | {
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    0xB0: "°",
    0xB1: "±",
    0xA3: "≤",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "•",
    0xD7: "·",
    0xA5: "∞",
    0xAE: "→",
    0xB9: "≠",
    0xBB: "≈",
    0xB8: "÷",
    0xAC: "←",
    0x2D: "−",
    0xD0: "∠",
    0xD6: "√",
    0xE5: "Σ",
    0xF2: "∫",
}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def in_unicode(text: str, font: str) -> str:
    """Return text in a symbol font, whose characters are for private use, in Unicode. Other text is unchanged."""
    if font.lower() not in _FONTS:
        return text
    return "".join(symbol(font, f"{ord(sign):X}") if 0xF000 <= ord(sign) <= 0xF0FF else sign for sign in text)


def symbol(font: str, code: str) -> str:
    """Return the Unicode character for a hexadecimal code in a font, or "" if it is unknown.

    >>> symbol("Wingdings", "F0FE")
    '☑'
    """
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    known = _FONTS.get(font.lower())
    if known is not None:
        return known.get(number & 0xFF, "")
    return chr(number) if 0x20 <= number < 0xD800 else ""
