"""The title, author and date in the properties of a PDF."""

import re
from collections.abc import Mapping
from html import unescape

from index.document import Fact
from index.formats.facts import facts

_ORIGIN = "the properties of the file"

_PROGRAM = re.compile(
    r"(?:Microsoft (?:Office )?(?:Word|PowerPoint|Excel)|Print(?:ing)?|Layout \d+)\s*[-–:]\s*", re.IGNORECASE
)
"""A prefix that a program puts before the title."""

_NO_TITLE = re.compile(r"\w+:|.*[\\/]|(?:scan|img|image|scanned document)?[\W\d_]*\Z", re.IGNORECASE)
"""Values that are not titles: an address, the path of a file, or a number."""

_PACKET = re.compile(rb"<rdf:RDF\b(?:(?!</rdf:RDF>).){0,50000}", re.DOTALL)
_ELEMENTS = {"Title": b"dc:title", "Author": b"dc:creator", "CreationDate": b"xmp:CreateDate"}
_ITEM = re.compile(rb"<rdf:li\b[^>]*>([^<]*)<")


def properties(entries: Mapping[str, str], data: bytes) -> tuple[Fact, ...]:
    """Return the facts in the properties of the file, without values that programs fill in.

    Args:
        entries: the document information dictionary.
        data: the file, whose XMP packet supplies missing entries.
    """
    packet = _packet(data)
    title, author, written = (entries.get(name, "").strip() or packet.get(name, "") for name in _ELEMENTS)
    title = _PROGRAM.sub("", title, count=1)
    return facts(
        _ORIGIN,
        title="" if _NO_TITLE.match(title) else title,
        author=author,
        date=written.removeprefix("D:")[:8] if written.startswith("D:") else written[:10],
    )


def _packet(data: bytes) -> dict[str, str]:
    """Return the entries of the file's first XMP packet, if it is not compressed."""
    packet = _PACKET.search(data)
    if packet is None:
        return {}
    found = {}
    for name, element in _ELEMENTS.items():
        value = re.search(rb"<%b>(.{0,2000}?)</%b>" % (element, element), packet[0], re.DOTALL)
        if value:
            items = _ITEM.findall(value[1]) or [value[1]]
            found[name] = unescape(", ".join(item.decode("utf-8", "replace").strip() for item in items if item.strip()))
    return found
