"""Decodes bytes of unknown encoding. This is the only module that imports chardet."""

import codecs
import re
from collections.abc import Iterator

from index.formats.content import NoContent

_BYTE_ORDER_MARKS = {  # UTF-32 comes before UTF-16, because the UTF-32 mark begins with the UTF-16 mark
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x7f-\x84\x86-\x9f]")
"""Control characters that never occur in text. A file that contains one is binary."""

_DECLARED = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?\s*"""
    rb"(iso-8859-\d+|windows-125\d|koi8-[ru]|shift_jis|euc-jp|euc-kr|gb2312|gbk|gb18030|big5)\b",
    re.IGNORECASE,
)
"""The declaration of the encoding near the beginning of a web page or XML file."""

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_UTF_8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")

_BEFORE_THE_WEB = ("mac_roman", "cp850")
"""The encodings of old text files in Western languages, from Macintosh and from DOS."""

_ASCII_LETTER = re.compile(rb"[A-Za-z]")
_LATIN = "A-Za-zÀ-ÖØ-öø-ſȘ-țẞ"
_CAPITAL = "À-ÖØ-ÞŒŠŽŸ"
_BETWEEN = r"\x00-\x7f·’—–\xad\u200b\u200d\u2011"
_ODD = re.compile(
    f"(?<=[a-zß-öø-ÿ])[{_CAPITAL}]|(?<=[A-Z])[{_CAPITAL}](?=[a-z])"
    f"|(?<=[{_LATIN}])[^{_LATIN}{_BETWEEN}](?=[{_LATIN}])"
    r"|(?<=[A-Za-z])[\u0370-\u1cff]|[\u0370-\u1cff](?=[A-Za-z])|\ufffd"
)
"""A capital inside a word of small letters, a sign between letters, or a letter of another alphabet beside one."""

_SAMPLE = 200_000
"""Bytes from which an undeclared encoding is detected, and which are checked for mixed encodings."""


def decode(data: bytes) -> str:
    """Return the text in `data`, which is not empty.

    The encoding is that of the byte order mark, if there is one. Otherwise the first that fits is used: UTF-8, the one
    that the text declares, and the one that `chardet` detects.

    Raises:
        NoContent: `data` is not text in any known encoding, or mixes several.
    """
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if not _CONTROLS.search(text):
            _check_not_mixed(data, text, encoding)
            return text
    raise NoContent("is not text in any encoding known here; save it as UTF-8 text")


def _encodings(data: bytes) -> Iterator[str]:
    marked = next((name for mark, name in _BYTE_ORDER_MARKS.items() if data.startswith(mark)), None)
    yield marked or "utf-8"
    if marked:
        return
    if declared := _DECLARED.search(data, 0, 2000):
        yield declared[1].decode("ascii")
    from chardet import EncodingEra, detect

    # The sample skips leading ASCII, which may be longer than what `chardet` reads. Only encodings that the web still
    # uses are considered, because `chardet` would mistake them for rarer ones more often than the reverse.
    sample = _sample(data)
    found = detect(sample, encoding_era=EncodingEra.MODERN_WEB, max_bytes=_SAMPLE, prefer_superset=True)
    if found["encoding"]:
        yield min((found["encoding"], *_BEFORE_THE_WEB), key=lambda encoding: _oddities(sample, encoding))


def _oddities(sample: bytes, encoding: str) -> int:
    """Return how many characters would stand where no word has them. Text that is not Latin has none."""
    if len(_BEYOND_ASCII.findall(sample)) > len(_ASCII_LETTER.findall(sample)):
        return 0
    return len(_ODD.findall(sample.decode(encoding, "replace")))


def _sample(data: bytes) -> bytes:
    first = _BEYOND_ASCII.search(data)
    start = max(0, first.start() - 1000) if first else 0
    return data[start : start + _SAMPLE]


def _check_not_mixed(data: bytes, text: str, encoding: str) -> None:
    """Refuse data in a single-byte encoding that is largely UTF-8, because a part of it would be quoted wrongly."""
    if encoding in {"utf-8", "utf-8-sig"} or len(text) != len(data):
        return
    sample = _sample(data)
    utf_8 = sum(len(sequence) for sequence in _UTF_8.findall(sample))
    if utf_8 > len(_BEYOND_ASCII.findall(sample)) / 4:
        raise NoContent("is written partly in UTF-8 and partly in another encoding; save all of it as UTF-8 text")
