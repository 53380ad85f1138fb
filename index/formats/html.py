"""Web pages: the text that a browser shows, in blocks and sections."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from index.block import Block, Role
from index.formats.apart import Elements, Seen, resumed, roles
from index.formats.content import Content
from index.formats.controls import Choice, seen_in_field
from index.formats.css.look import Look
from index.formats.css.sheets import applies_on_screen
from index.formats.css.styles import Styles
from index.formats.facts import counted
from index.formats.formula import WebFormula
from index.formats.layout import HEADINGS, Layout
from index.formats.markup import as_html, lengths_of_lists, parse
from index.formats.normal import normalised
from index.formats.open_element import BLOCKS, OpenElement
from index.formats.page_facts import PageFacts
from index.formats.raised import lowered, raised

_UNREAD = frozenset(
    "head script style title template noscript noframes iframe frame object embed svg canvas audio video button"
    " datalist del s strike rp meter progress".split()
)
"""Elements whose text is hidden, struck out, a control to fill in, or not text at all."""

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

_INLINE = frozenset(
    "a abbr b big cite code em font i ins kbd label mark small span strong sub sup time tt u var".split()
)
"""Elements inside a line, whose styles may raise or lower them."""

_PREFORMATTED = frozenset({"pre", "textarea"})

_WITH_BUTTONS = HEADINGS.keys() | {"summary", "dt", "caption", "legend"}
"""Elements that are read even if they are buttons, such as the questions of a list that unfolds."""

_BEFORE, _AFTER = {"q": "“", "rt": " ("}, {"q": "”", "rt": ")"}
"""Element → what a browser shows before and after it."""

_MAIN = re.compile(r"<main\b|\brole\s*=\s*[\"']?main\b", re.IGNORECASE)
_ARTICLE = re.compile(r"<article\b", re.IGNORECASE)
_BACKGROUND = re.compile(r"background|bgcolor|stylesheet|@import|<script\b[^>]*\bsrc", re.IGNORECASE)
"""What may give a page a background that is not white."""

_SPACE = re.compile("[ \t\n\r\f]+")

_FIRST_WORDS = 120
"""Code points of a block that decide what it is."""

_NEAR = 12
"""Number of enclosing elements that may belong to the paragraph of a word."""


def read_html(markup: str, sheets: Sequence[str] = ()) -> Content:
    """Return the text of a page, in blocks.

    White space is collapsed as in browsers. A blank line separates paragraphs, and a tab separates the cells of a
    table. Scripts and text that is hidden or struck out are skipped. Navigation, teasers, comments and notices are set
    apart. So is everything outside the `main` element, or outside the only `article`, if that contains words.

    The page is read as a stream. Time and memory therefore grow only with its length and not with its nesting.

    Args:
        markup: the page.
        sheets: style sheets that it uses, besides those that it contains.
    """
    is_white = not any(map(_BACKGROUND.search, (markup, *sheets)))
    page = partial(_Page, lengths_of_lists(markup), sheets, is_white=is_white)
    for main in ["main"] * bool(_MAIN.search(markup)) + ["article"] * (len(_ARTICLE.findall(markup)) == 1):
        content = _content(markup, page(main))
        own, others = _own_and_others(content)
        if own > others * (main == "article"):
            return content
    content = _content(markup, page())
    own, others = _own_and_others(content)
    # If nearly all of the page is set apart, the classes and ids have another meaning.
    return content if 4 * own > others else _content(markup, page(are_names_read=False))


def read_xhtml(markup: str, sheets: Sequence[str] = ()) -> Content:
    """Return the text of a page that is XML. In XML any element may close itself, as in `<title/>`."""
    return read_html(as_html(markup), sheets)


def _own_and_others(content: Content) -> tuple[int, int]:
    """Return the number of code points in the main text, and the number set apart from it."""
    own = sum(
        following.start - block.start
        for block, following in pairwise([*content.blocks, Block(len(content.text))])
        if block.role == Role.TEXT and any(map(str.isalnum, content.text[block.start : following.start]))
    )
    return own, len(content.text) - own


def _content(markup: str, page: "_Page") -> Content:
    parse(markup, page)
    return page.content()


class _Page:
    """A parser target that builds the content of a page: its visible text, with the role of each block."""

    def __init__(
        self,
        lengths: Mapping[int, int],
        sheets: Sequence[str],
        main: str = "",
        *,
        are_names_read: bool = True,
        is_white: bool = False,
    ) -> None:
        self._layout = Layout(lengths)
        self._facts = PageFacts()
        self._styles = Styles(sheets, is_white=is_white)
        self._elements = Elements()
        self._main = main
        self._are_names_read = are_names_read
        self._open = [OpenElement("", 0, not main, Role.TEXT, in_text=False)]
        self._seen: list[Seen] = []
        self._unseen: Counter[str] = Counter()
        self._data: list[str] = []
        self._unread = 0  # depth inside an element that is not read
        self._reads: str = ""  # what the text of that element is: JSON-LD, or a style sheet that applies
        self._choice: Choice | None = None
        self._formula: WebFormula | None = None
        self._raised: list[str] | None = None  # the raised or lowered text; None outside of any
        self._raised_from = 0  # number of open elements where it began
        self._is_low = self._is_note = False  # whether it is lowered, and whether it is known to be a note mark
        self._preformatted = 0
        self._heading: tuple[int, list[str]] | None = None  # offset and words of the current heading
        self._first_heading = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._formula:
            self._formula.start(tag)
        elif self._choice:
            self._choice.start(tag, attributes)
        else:
            self._flush()
            self._start(tag, attributes)

    def end(self, tag: str) -> None:
        if self._formula:
            self._formula.end()
            if tag == "math":
                self._data.append(self._formula.text)
                self._formula = None
        elif self._choice:
            if tag == "select":
                self._data.append(f" {self._choice.text} ")
                self._choice = None
        elif self._unread:
            self._end_unread(tag)
        else:
            self._end(tag)

    def data(self, data: str) -> None:
        inner = self._formula or self._choice
        if inner:
            inner.data(data)
        else:
            self._data.append(data)

    def close(self) -> None:
        self._flush()

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "meta":
            self._facts.meta(attributes)
        if tag in _UNSEEN and not self._unread:
            self._count_unseen(tag, attributes)
        if self._unread or self._is_unread(tag, attributes) or (look := self._styles.begin(tag, attributes)).is_off:
            self._unread += 1
            self._reads = _reads(tag, attributes)
        elif tag in {"select", "math"}:
            self._styles.end()
            self._choice = Choice(attributes) if tag == "select" else None
            self._formula = WebFormula() if tag == "math" else None
        else:
            self._begin(tag, attributes, look)

    def _begin(self, tag: str, attributes: Mapping[str, str], look: Look) -> None:
        """Begin an element that is seen."""
        is_mark = tag == "a" and "noteref" in attributes.get("epub:type", "") + attributes.get("role", "")
        raised_by = {"sup": 1, "sub": -1}.get(tag) or is_mark or (look.raised_by if tag in _INLINE else 0)
        if self._raised is None and raised_by:
            self._raised, self._raised_from = [], len(self._open)
            self._is_low, self._is_note = raised_by < 0, False
        element = self._open[-1].within(
            tag,
            attributes,
            look,
            self._elements.begin(self._open[-1].number),
            main=self._main,
            are_names_read=self._are_names_read,
        )
        self._open.append(element)
        self._is_note |= element.is_note
        if element.role in {Role.TEXT, Role.HEADER}:
            self._facts.begin(tag, attributes, len(self._open))
        self._layout.start(element.shown_as, attributes, look.marker)
        if element.is_beside:
            self._layout.space()
        self._data += filter(None, (look.before, _BEFORE.get(tag)))
        if tag == "input":
            self._data.append(f" {seen} " if (seen := seen_in_field(attributes)) else "")
        self._preformatted += tag in _PREFORMATTED
        if tag in HEADINGS:
            self._heading = (-1, [])

    def _end(self, tag: str) -> None:
        element = self._open[-1]
        self._data += filter(None, (_AFTER.get(tag), element.after))
        self._flush()
        if self._raised is not None and len(self._open) == self._raised_from + 1:
            self._end_raised()
        if tag in HEADINGS:
            self._end_heading()
        self._facts.end(len(self._open))
        if len(self._open) > 1:
            self._elements.end(self._open.pop().number, len(self._seen))
            self._styles.end()
        self._layout.end(element.shown_as if element.tag == tag else tag)
        if element.is_beside:
            self._layout.space()
        self._preformatted -= tag in _PREFORMATTED

    def _is_unread(self, tag: str, attributes: Mapping[str, str]) -> bool:
        """Return whether the text of an element is not to be read. A button that is a heading is."""
        if tag == "button":
            return not any(each.tag in _WITH_BUTTONS for each in self._open[-_NEAR:])
        is_page_number = "pagebreak" in attributes.get("epub:type", attributes.get("role", ""))
        return tag in _UNREAD or is_page_number

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
        if self._reads == "style":
            self._styles.add(text)
        elif tag == "title" and not any(each.tag == "body" for each in self._open[:3]):
            self._facts.title(text)
        elif self._reads == "about":
            self._facts.json_ld(text)
        self._reads = ""

    def _flush(self) -> None:
        """Write the text collected since the last tag."""
        if not self._data:
            return
        text, self._data = normalised("".join(self._data)), []
        if self._unread or self._styles.is_unseen:
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
        start, begun = self._layout.write(words, role, () if self._heading else element.styles)
        if begun:
            level = next((HEADINGS[each.tag] for each in self._open[-_NEAR:] if each.tag in HEADINGS), 0)
            self._seen.append(Seen(start, "", begun, role, level, self._container(), is_linked=True))
        seen = self._seen[-1]
        seen.is_linked &= element.is_link
        seen.words = (seen.words + text)[:_FIRST_WORDS]
        self._facts.words(text)
        if self._heading:
            first, heading = self._heading
            heading.append(text)
            self._heading = (start if first < 0 else first, heading)

    def _container(self) -> int:
        """Return the number of the element that contains the current paragraph, heading or item."""
        near = self._open[-_NEAR:]
        own = next((place for place in range(len(near) - 1, 0, -1) if near[place].tag in BLOCKS), 0)
        return near[max(own - 1, 0)].number

    def _end_raised(self) -> None:
        text, self._raised = " ".join("".join(self._raised or []).split()), None
        if text:
            line = self._layout.line()
            words = lowered(text, line) if self._is_low else raised(text, line, is_note=self._is_note)
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


def _reads(tag: str, attributes: Mapping[str, str]) -> str:
    """Return what the text of an unread element is: `about` for JSON-LD, `style` for a style sheet that applies."""
    if tag == "style":
        return "style" * applies_on_screen(attributes.get("media", ""))
    return "about" * (tag == "script" and "ld+json" in attributes.get("type", "").lower())
