"""Web pages: the text that a browser shows, in sections by its headings. The only module that imports lxml."""

import re
from collections.abc import Mapping

from index.formats.content import Composer, Content, normalised

_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_PARAGRAPHS = _HEADINGS | frozenset("p ul ol dl blockquote pre table figure section article header aside hr".split())
_LINES = frozenset(
    "body main div li dt dd tr address caption center details dialog fieldset figcaption footer form legend option"
    " summary tbody tfoot thead".split()
)
_CELLS = frozenset({"td", "th"})
_GAPS = dict.fromkeys(_PARAGRAPHS, "\n\n") | dict.fromkeys(_LINES, "\n") | dict.fromkeys(_CELLS, "\t")
"""What sets an element apart from what stands before and after it."""

_UNREAD = frozenset(
    "head script style template noscript noframes iframe object svg math canvas audio video nav select button datalist"
    " textarea".split()
)
"""Elements whose text is not shown, is no text, or is there to move about with."""

_MAIN = re.compile(r"<main\b|\brole\s*=\s*[\"']?main\b", re.IGNORECASE)
_UNDISPLAYED = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_EMPTY_ELEMENT = re.compile(
    r"<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)\b)([A-Za-z][\w:-]*)([^<>]{0,2000})/>"
)
_SPACE = re.compile("[ \t\n\r\f]+")

_CHUNK = 1 << 20
"""Code points that the parser is given at once."""


def read_html(markup: str) -> Content:
    """Return the text of a page: of its `main` element if there are words in it, else of all its body.

    White space is collapsed as browsers do it; paragraphs are set apart by a blank line, a table's cells by a tab.
    Scripts, navigation and what is hidden are left out. No tree is made of the page, so that time and memory grow with
    its length alone, whatever it nests.
    """
    main = _parsed(markup, _Page(only_main=True)) if _MAIN.search(markup) else Content("")
    return main if any(map(str.isalnum, main.text)) else _parsed(markup, _Page())


def read_xhtml(markup: str) -> Content:
    """Return the text of a page that is XML, in which any element may close itself: `<title/>`."""
    return read_html(_EMPTY_ELEMENT.sub(r"<\1\2></\1>", markup))


def _parsed(markup: str, page: "_Page") -> Content:
    from lxml import etree

    parser = etree.HTMLParser(target=page, huge_tree=True)
    for start in range(0, len(markup), _CHUNK):
        parser.feed(markup[start : start + _CHUNK])
    if markup.strip():
        parser.close()
    return page.content()


class _Page:
    """What lxml reports of a page, element by element, composed into a content."""

    def __init__(self, *, only_main: bool = False) -> None:
        self._composer = Composer()
        self._data: list[str] = []
        self._unread = 0  # how many elements deep we are in one that is not read
        self._main = 0 if only_main else 1  # likewise in the main element; beyond 0, text is read
        self._preformatted = 0
        self._breaks = 0
        self._heading: tuple[int, list[str]] | None = None  # where the heading that we are in begins, and its words

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._flush()
        if self._unread or _is_unread(tag, attributes):
            self._unread += 1
            return
        if self._main or tag == "main" or attributes.get("role") == "main":
            self._main += 1
        self._preformatted += tag == "pre"
        self._set_apart(tag)
        if tag in _HEADINGS:
            self._heading = (-1, [])

    def end(self, tag: str) -> None:
        self._flush()
        if self._unread:
            self._unread -= 1
            return
        if tag in _HEADINGS:
            self._end_heading()
        self._set_apart(tag)
        self._preformatted -= tag == "pre"
        self._main -= self._main > 0

    def data(self, data: str) -> None:
        self._data.append(data)

    def close(self) -> None:
        self._flush()

    def content(self) -> Content:
        return self._composer.content()

    def _set_apart(self, tag: str) -> None:
        if tag == "br":
            self._breaks += 1  # by its start and its end: a second one makes a blank line
            self._composer.gap("\n" if self._breaks <= 2 else "\n\n")
        elif tag in _GAPS:
            self._composer.gap(_GAPS[tag])

    def _flush(self) -> None:
        """Write the text that has come since the last tag."""
        if not self._data:
            return
        text, self._data = "".join(self._data), []
        if self._unread or not self._main:
            return
        text = normalised(text)
        if not self._preformatted:
            text = _SPACE.sub(" ", text)
            if text.startswith(" "):
                self._composer.gap(" ")
        words = text if self._preformatted else text.strip(" ")
        if words:
            start = self._composer.write(words)
            self._breaks = 0
            if self._heading:
                first, heading = self._heading
                self._heading = (start if first < 0 else first, [*heading, text])
        if text.endswith(" "):
            self._composer.gap(" ")

    def _end_heading(self) -> None:
        if self._heading:
            start, words = self._heading
            if start >= 0:
                self._composer.section(start, "".join(words))
            self._heading = None


def _is_unread(tag: str, attributes: Mapping[str, str]) -> bool:
    if tag in _UNREAD or not attributes:
        return tag in _UNREAD
    hidden = "hidden" in attributes or _UNDISPLAYED.search(attributes.get("style", ""))
    return bool(hidden) or attributes.get("role") == "navigation"
