"""Parses the markup of web pages as a stream. This is the only module that imports lxml."""

import re
from collections import Counter
from collections.abc import Mapping

_COUNTS_DOWN = re.compile(r"<ol\b[^<>]{0,500}\breversed\b", re.IGNORECASE)
_EMPTY_ELEMENT = re.compile(
    r"<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)\b)"
    r"([A-Za-z][\w:-]*+)([^<>]{0,2000})/>"
)
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]{0,100})[^<>]*+>?")
_MANY_TAGS = 20_000

_CHUNK = 1 << 20
"""Code points given to the parser at once."""


def parse(markup: str, target: object) -> None:
    """Parse a page, and report its elements to `target`."""
    from lxml import etree

    markup = _without_stray_ends(markup)
    parser = etree.HTMLParser(target=target, huge_tree=True)
    for start in range(0, len(markup), _CHUNK):
        parser.feed(markup[start : start + _CHUNK])
    if markup.strip():
        parser.close()


def as_html(markup: str) -> str:
    """Return a page that is XML with a start and an end for each element, and without a prefix for those of HTML."""
    prefixed = re.search(r"<([A-Za-z][\w-]{0,30}):html\b", markup[:5_000])
    if prefixed:
        markup = re.sub(rf"(</?){prefixed[1]}:(?=\w)", r"\1", markup)
    return _EMPTY_ELEMENT.sub(r"<\1\2></\1>", markup)


def lengths_of_lists(markup: str) -> Mapping[int, int]:
    """Return position among the numbered lists → number of items, if the page has a list that counts down."""
    if not _COUNTS_DOWN.search(markup):
        return {}
    lists = _Lists()
    parse(markup, lists)
    return lists.lengths


def _without_stray_ends(markup: str) -> str:
    """Return the page without end tags that have no start tag.

    The parser searches all open elements for each stray end tag. Pages with few tags are returned unchanged.
    """
    if markup.count("<") < _MANY_TAGS:
        return markup
    begun: Counter[str] = Counter()

    def kept(tag: re.Match[str]) -> str:
        name = tag[2].lower()
        begun[name] += -1 if tag[1] else 1
        if begun[name] >= 0 or name in {"p", "br"}:  # an end tag alone creates such an element
            return tag[0]
        begun[name] = 0
        return ""

    return _TAG.sub(kept, markup)


class _Lists:
    """A parser target that counts the items of each numbered list. Lists that count down need the number."""

    def __init__(self) -> None:
        self.lengths: dict[int, int] = {}
        self._lists: list[int] = []  # the open lists; -1 for one without numbers

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "ul":
            self._lists.append(-1)
        elif tag == "ol":
            self._lists.append(len(self.lengths))
            self.lengths[len(self.lengths)] = 0
        elif tag == "li" and self._lists and self._lists[-1] >= 0:
            self.lengths[self._lists[-1]] += 1

    def end(self, tag: str) -> None:
        if tag in {"ol", "ul"} and self._lists:
            self._lists.pop()

    def data(self, data: str) -> None:
        """Ignore words."""

    def close(self) -> None:
        """Do nothing; the parser requires this method."""
