"""The names of the elements and attributes of a Word file without their namespaces."""

from collections.abc import Mapping
from functools import lru_cache

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


@lru_cache
def name(tag: str) -> str:
    """Return the name of one of Word's tags, with the prefix `m:` in formulas. Return "" for any other tag."""
    namespace, _, local = tag.removeprefix("{").partition("}")
    if namespace in _MATH:
        return f"m:{local}"
    return local if namespace in _NAMESPACES else ""


def value(attributes: Mapping[str, str], of: str = "val") -> str:
    """Return the value of one of Word's own attributes, or "" if it is missing."""
    return next((text for tag, text in attributes.items() if name(tag) == of), "")


def is_on(attributes: Mapping[str, str]) -> bool:
    """Return whether a Boolean element has the value true."""
    return value(attributes) not in {"0", "false", "off", "none"}
