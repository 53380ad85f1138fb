"""The normal form of text: one spelling for what looks the same, and no invisible characters."""

import re
import unicodedata

_FORMS = re.compile("[\ufb00-\ufb06\ufb13-\ufb17\ufb1d-\ufb4f\ufb50-\ufdf9\ufe70-\ufefc]+")
"""Ligatures and positional forms of letters, which would give words that look the same two spellings."""

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\ufffe\uffff]")
"""Invisible characters that would split a word: controls, soft hyphens, zero-width spaces, noncharacters."""

_MARKS = re.compile(r"[^\w\s\x00-\x7f]{31,}")
"""A possible run of combining marks that is longer than the Unicode Stream-Safe Text Format allows."""

_JOINER = "\u034f"
"""The invisible COMBINING GRAPHEME JOINER, which ends a run of marks (UAX 15, Stream-Safe Text Process)."""


def normalised(text: str) -> str:
    r"""Return `text` with `\n` line ends, in NFC, without ligatures and invisible characters.

    >>> normalised("o\ufb03ce,\r\nsoft\xadly")
    'office,\nsoftly'
    """
    if text.isascii() and text.isprintable():  # most pieces of most pages
        return text
    text = _MARKS.sub(_with_joiners, with_line_feeds(text))
    plain = _FORMS.sub(lambda forms: unicodedata.normalize("NFKC", forms[0]), text)
    return _UNSEEN.sub("", unicodedata.normalize("NFC", plain))


def _with_joiners(run: re.Match[str]) -> str:
    """Return the run with a joiner after every 30 marks on one letter.

    Normalisation sorts the marks of a letter, which would otherwise take time quadratic in their number.

    Source: https://unicode.org/reports/tr15/#Stream_Safe_Text_Format
    """
    pieces, marks = [], 0
    for character in run[0]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks > 30:
            pieces.append(_JOINER)
            marks = 1
        pieces.append(character)
    return "".join(pieces)


def on_one_line(text: str) -> str:
    r"""Return `text`, normalised, with each run of white space as one space.

    >>> on_one_line(" Ada\r\nLind ")
    'Ada Lind'
    """
    return " ".join(normalised(text).split())


def with_line_feeds(text: str) -> str:
    r"""Return `text` with `\n` for every line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
