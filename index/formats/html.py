"""Web pages: the text that a browser shows, in blocks and sections. This is the only module that imports lxml."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from index.block import Block, Role
from index.formats.apart import Elements, Seen, resumed, role_of, roles
from index.formats.content import Content, lowered, normalised, raised
from index.formats.facts import PageFacts, counted
from index.formats.layout import HEADINGS, Layout
from index.formats.styles import Styles

_UNREAD = frozenset(
    "head script style title template noscript noframes iframe frame object embed svg canvas audio video select button"
    " datalist textarea annotation annotation-xml del s strike rp".split()
)
"""Elements whose text is hidden, struck out, a control to fill in, or not text at all."""

_WRITTEN_IN = frozenset(
    {"", "text", "number", "date", "time", "datetime-local", "month", "week", "email", "tel", "url"}
)
"""Types of form fields whose value is seen as text."""

_UNSEEN = {
    "img": "image",
    "svg": "drawing",
    "canvas": "drawing",
    "video": "video",
    "audio": "recording",
    "iframe": "frame",
    "frame": "frame",
    "object": "object",
    "embed": "object",
}
"""Element → the name of its unread content."""

_BLOCKS = HEADINGS.keys() | frozenset(
    "p ul ol dl li table tr td div section article header aside nav footer main form dialog figure details".split()
)
"""Elements that may set their content apart."""

_TEXTS = frozenset({"main", "article", "section"})
"""Elements whose `header` belongs to a text and not to the page."""

_MAIN = re.compile(r"<main\b|\brole\s*=\s*[\"']?main\b", re.IGNORECASE)
_ARTICLE = re.compile(r"<article\b", re.IGNORECASE)
_COUNTS_DOWN = re.compile(r"<ol\b[^<>]{0,500}\breversed\b", re.IGNORECASE)
_EMPTY_ELEMENT = re.compile(
    r"<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)\b)"
    r"([A-Za-z][\w:-]*+)([^<>]{0,2000})/>"
)
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]{0,100})[^<>]*+>?")
_MANY_TAGS = 20_000

_SPACE = re.compile("[ \t\n\r\f]+")
_NOTE = re.compile(r"noteref|footnote|endnote|\bfn\b", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*super\b", re.IGNORECASE)

_CHUNK = 1 << 20
"""Code points given to the parser at once."""

_FIRST_WORDS = 120
"""Code points of a block, or of an element's names, that decide what it is."""

_NEAR = 12
"""Number of enclosing elements that may belong to the paragraph of a word."""


def read_html(markup: str) -> Content:
    """Return the text of a page, in blocks.

    White space is collapsed as in browsers. A blank line separates paragraphs, and a tab separates the cells of a
    table. Scripts and text that is hidden or struck out are skipped. Navigation, teasers, comments and notices are set
    apart. So is everything outside the `main` element, or outside the only `article`, if that contains words.

    The page is read as a stream. Time and memory therefore grow only with its length and not with its nesting.
    """
    lengths = _lengths_of_lists(markup) if _COUNTS_DOWN.search(markup) else {}
    for main in ["main"] * bool(_MAIN.search(markup)) + ["article"] * (len(_ARTICLE.findall(markup)) == 1):
        content = _content(markup, _Page(lengths, main))
        own, others = _own_and_others(content)
        if own > others * (main == "article"):
            return content
    content = _content(markup, _Page(lengths))
    own, others = _own_and_others(content)
    # If nearly all of the page is set apart, the classes and ids have another meaning.
    return content if 4 * own > others else _content(markup, _Page(lengths, are_names_read=False))


def read_xhtml(markup: str) -> Content:
    """Return the text of a page that is XML. In XML any element may close itself, as in `<title/>`."""
    return read_html(_EMPTY_ELEMENT.sub(r"<\1\2></\1>", markup))


def _own_and_others(content: Content) -> tuple[int, int]:
    """Return the number of code points in the main text, and the number set apart from it."""
    own = sum(
        following.start - block.start
        for block, following in pairwise([*content.blocks, Block(len(content.text))])
        if block.role == Role.TEXT and any(map(str.isalnum, content.text[block.start : following.start]))
    )
    return own, len(content.text) - own


def _content(markup: str, page: "_Page") -> Content:
    _parse(markup, page)
    return page.content()


def _lengths_of_lists(markup: str) -> Mapping[int, int]:
    lists = _Lists()
    _parse(markup, lists)
    return lists.lengths


def _parse(markup: str, target: object) -> None:
    from lxml import etree

    markup = _without_stray_ends(markup)
    parser = etree.HTMLParser(target=target, huge_tree=True)
    for start in range(0, len(markup), _CHUNK):
        parser.feed(markup[start : start + _CHUNK])
    if markup.strip():
        parser.close()


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


@dataclass(slots=True)
class _Element:
    """An open element.

    Attributes:
        tag: its name.
        number: its number among the elements of the page.
        is_main: whether it is the main element, or inside it.
        role: the role of its text.
        in_text: whether it is one of `_TEXTS` or inside one, so that a `header` in it does not belong to the page.
        is_link: whether it is a link or inside one.
        is_note: whether raised text in it is a note mark.
        children: number of its child elements so far.
    """

    tag: str
    number: int
    is_main: bool
    role: Role
    in_text: bool
    is_link: bool = False
    is_note: bool = False
    children: int = 0


class _Page:
    """A parser target that builds the content of a page: its visible text, with the role of each block."""

    def __init__(self, lengths: Mapping[int, int], main: str = "", *, are_names_read: bool = True) -> None:
        self._layout = Layout(lengths)
        self._facts = PageFacts()
        self._styles = Styles()
        self._elements = Elements()
        self._main = main
        self._are_names_read = are_names_read
        self._open = [_Element("", 0, not main, Role.TEXT, in_text=False)]
        self._seen: list[Seen] = []
        self._unseen: Counter[str] = Counter()
        self._data: list[str] = []
        self._unread = 0  # depth inside an element that is not read
        self._is_about = False  # whether the current script is JSON-LD
        self._raised: list[str] | None = None  # the raised or lowered text; None outside of any
        self._raised_from = 0  # number of open elements where it began
        self._is_note = False  # whether it is known to be a note mark
        self._preformatted = 0
        self._heading: tuple[int, list[str]] | None = None  # offset and words of the current heading
        self._first_heading = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._flush()
        if tag == "meta":
            self._facts.meta(attributes)
        if tag in _UNSEEN and not self._unread:
            self._count_unseen(tag, attributes)
        if self._unread or tag in _UNREAD or self._styles.hides(tag, attributes):
            self._unread += 1
            self._is_about = tag == "script" and "ld+json" in attributes.get("type", "").lower()
            return
        self._open[-1].children += 1
        if self._raised is None and self._begins_raised(tag, attributes):
            self._raised, self._raised_from, self._is_note = [], len(self._open), False
        self._open.append(self._element(tag, attributes))
        self._is_note |= self._open[-1].is_note
        if self._open[-2].tag == "mfrac" and self._open[-2].children == 2:
            self._data.append("/")
        self._layout.start(tag, attributes)
        if tag == "input" and attributes.get("type", "").lower() in _WRITTEN_IN:
            self._data.append(f" {attributes.get('value', '')} ")
        self._preformatted += tag == "pre"
        if tag in HEADINGS:
            self._heading = (-1, [])

    def end(self, tag: str) -> None:
        if self._unread:
            self._end_unread(tag)
            return
        self._flush()
        if self._raised is not None and len(self._open) == self._raised_from + 1:
            self._end_raised(tag)
        if tag in HEADINGS:
            self._end_heading()
        if len(self._open) > 1:
            self._elements.end(self._open.pop().number, len(self._seen))
        self._layout.end(tag)
        self._preformatted -= tag == "pre"

    def data(self, data: str) -> None:
        self._data.append(data)

    def close(self) -> None:
        self._flush()

    def content(self) -> Content:
        content = self._layout.content()
        found = roles(self._seen, self._elements)
        starts = [block.start for block in self._seen]
        blocks = [block._replace(role=found[bisect_right(starts, block.start) - 1]) for block in content.blocks]
        return replace(
            content,
            places=tuple(resumed(content.places, blocks)) if found else content.places,
            blocks=tuple(blocks) if found else (),
            facts=self._facts.facts(self._first_heading),
            unread=counted(self._unseen),
        )

    def _element(self, tag: str, attributes: Mapping[str, str]) -> _Element:
        around = self._open[-1]
        is_main = around.is_main or bool(self._main and self._main in (tag, attributes.get("role")))
        role = around.role
        if tag in {"main", "h1"} and role == Role.HEADER:
            role = Role.TEXT
        elif tag in _BLOCKS and around.role in {Role.TEXT, Role.ASIDE, Role.HEADER, Role.FOOTER}:
            role = role_of(tag, attributes, are_names_read=self._are_names_read) or role
            if tag == "header" and role == Role.TEXT and not around.in_text:
                role = Role.HEADER
        is_link = around.is_link or (tag == "a" and "href" in attributes)
        is_note = around.is_note or _is_note(tag, attributes)
        in_text = around.in_text or tag in _TEXTS
        return _Element(tag, self._elements.begin(around.number), is_main, role, in_text, is_link, is_note)

    def _begins_raised(self, tag: str, attributes: Mapping[str, str]) -> bool:
        around = self._open[-1]
        in_formula = around.tag in {"msup", "msub"} and around.children == 2
        return tag in {"sup", "sub"} or in_formula or bool(_RAISED.search(attributes.get("style", "")))

    def _count_unseen(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Count unread content in the main text. Tiny images and decorations do not count."""
        is_tiny = any(attributes.get(side, "").strip() in {"0", "1", "2"} for side in ("width", "height"))
        is_decoration = attributes.get("alt") == "" or attributes.get("role") == "presentation"
        around = self._open[-1]
        if around.is_main and around.role == Role.TEXT and not is_tiny and not is_decoration:
            self._unseen[_UNSEEN[tag]] += 1

    def _end_unread(self, tag: str) -> None:
        text, self._data = "".join(self._data), []
        self._unread -= 1
        if tag == "style":
            self._styles.add(text)
        elif tag == "title":
            self._facts.title(text)
        elif tag == "script" and self._is_about:
            self._facts.json_ld(text)

    def _flush(self) -> None:
        """Write the text collected since the last tag."""
        if not self._data:
            return
        text, self._data = normalised("".join(self._data)), []
        if self._unread:
            return
        if self._raised is not None:
            self._raised.append(text)
            return
        if not self._preformatted:
            text = _SPACE.sub(" ", text)
            if text.startswith(" "):
                self._layout.space()
        words = text if self._preformatted else text.strip(" ")
        if words:
            self._write(words, text)
        if text.endswith(" "):
            self._layout.space()

    def _write(self, words: str, text: str) -> None:
        element = self._open[-1]
        role = element.role if element.is_main or element.role != Role.TEXT else Role.ASIDE
        start, begun = self._layout.write(words, role)
        if begun:
            level = next((HEADINGS[each.tag] for each in self._open[-_NEAR:] if each.tag in HEADINGS), 0)
            self._seen.append(Seen(start, "", begun, role, level, self._container(), is_linked=True))
        seen = self._seen[-1]
        seen.is_linked &= element.is_link
        seen.words = (seen.words + text)[:_FIRST_WORDS]
        if self._heading:
            first, heading = self._heading
            heading.append(text)
            self._heading = (start if first < 0 else first, heading)

    def _container(self) -> int:
        """Return the number of the element that contains the current paragraph, heading or item."""
        near = self._open[-_NEAR:]
        own = next((place for place in range(len(near) - 1, 0, -1) if near[place].tag in _BLOCKS), 0)
        return near[max(own - 1, 0)].number

    def _end_raised(self, tag: str) -> None:
        text, self._raised = " ".join("".join(self._raised or []).split()), None
        if text:
            is_low = tag == "sub" or self._open[-2].tag == "msub"
            line = self._layout.line()
            words = lowered(text, line) if is_low else raised(text, line, is_note=self._is_note)
            if words.startswith(" "):
                self._layout.space()
            self._write(words.strip(), words)

    def _end_heading(self) -> None:
        if self._heading:
            start, words = self._heading
            if start >= 0:
                self._layout.section(start, "".join(words))
                self._first_heading = self._first_heading or " ".join("".join(words).split())
            self._heading = None


def _is_note(tag: str, attributes: Mapping[str, str]) -> bool:
    """Return whether raised text in an element is a note mark."""
    if not attributes:
        return False
    names = " ".join(attributes.get(name, "") for name in ("class", "role", "epub:type"))
    return (tag == "a" and "#" in attributes.get("href", "")) or (
        tag in {"a", "sup", "span"} and _NOTE.search(names[:_FIRST_WORDS]) is not None
    )
