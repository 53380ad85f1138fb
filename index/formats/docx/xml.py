"""Stream parsing of the XML in a Word file, and names of elements and attributes without namespaces."""

from collections.abc import Mapping
from functools import lru_cache
from xml.etree import ElementTree

from index.formats.archive import check_declares_nothing
from index.formats.content import NoContent

_NAMESPACES = frozenset(
    {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",  # the strict form of ISO/IEC 29500
    }
)
_MATH = frozenset(
    {
        "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "http://purl.oclc.org/ooxml/officeDocument/math",
    }
)
_CHUNK = 1 << 20


def parse(part: bytes, target: object) -> None:
    """Parse a part, and report its elements to `target`.

    Raises:
        NoContent: the part is damaged, or has a document type, which no genuine Word file has.
    """
    check_declares_nothing(part, "<!DOCTYPE")
    parser = ElementTree.XMLParser(target=target)
    try:
        for start in range(0, len(part), _CHUNK):
            parser.feed(part[start : start + _CHUNK])
        parser.close()
    except ElementTree.ParseError as error:
        raise NoContent(f"is a Word file that is damaged ({error}); open it in Word and save it again") from error


@lru_cache
def name(tag: str) -> str:
    """Return the name of one of Word's tags, with the prefix `m:` in formulas. Return "" for any other tag."""
    namespace, _, local = tag.removeprefix("{").partition("}")
    if namespace in _MATH:
        return f"m:{local}"
    return local if namespace in _NAMESPACES else ""


@lru_cache
def local(tag: str) -> str:
    """Return the name of a tag in any namespace."""
    return tag.rpartition("}")[2]


def value(attributes: Mapping[str, str], of: str = "val") -> str:
    """Return the value of one of Word's own attributes, or "" if it is missing."""
    return next((text for tag, text in attributes.items() if name(tag) == of), "")


def is_on(attributes: Mapping[str, str]) -> bool:
    """Return whether a Boolean element has the value true."""
    return value(attributes) not in {"0", "false", "off", "none"}
