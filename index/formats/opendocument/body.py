"""The paragraphs of an OpenDocument file, with what is raised, numbered, noted and commented on."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from index.emphasis import Emphasis
from index.formats.content import with_author
from index.formats.look import UNSPECIFIED, Look
from index.formats.normal import on_one_line
from index.formats.numerals import whole
from index.formats.opendocument.forms import Forms
from index.formats.opendocument.objects import Objects
from index.formats.opendocument.styles import OUTLINE, Counted, Styles
from index.formats.package import local
from index.formats.pieces import PLAIN, Pieces
from index.formats.raised import end_of, moved, raised
from index.formats.symbols import in_unicode

_UNREAD = frozenset(
    "script scripts tracked-changes sequence-decls desc page-number page-count event-listeners font-face-decls".split()
)
"""Elements without text that a person sees: deletions, descriptions of images, page numbers, and more."""

_UNSEEN = {"image": "image", "object": "object", "object-ole": "object", "plugin": "object"}
_SIGNS = {"tab": "\t", "line-break": "\n", "s": " "}
SHAPES = frozenset(
    "frame custom-shape rect ellipse circle line connector polygon polyline regular-polygon path caption"
    " measure".split()
)
"""The elements of shapes, which may hold text."""

_IMAGE_TITLE = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}title"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_SPACE = re.compile("[ \t\n\r]+")

MOST_SPACES = 100
"""Spaces in a row that are kept."""


@dataclass(slots=True)
class Aside:
    """A note or a comment.

    Attributes:
        kind: `footnote`, `endnote`, or `comment`.
        mark: the mark of a note.
        author: the author of a comment.
        paragraphs: its paragraphs.
    """

    kind: str
    mark: str = ""
    author: str = ""
    paragraphs: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text of a comment, after the name of its author, or of a note, after its mark."""
        text = "\n".join(self.paragraphs)
        mark = f"{raised(self.mark, '')} " if self.mark else ""
        return f"{mark}{with_author(text, self.author)}" if text else ""


@dataclass(slots=True)
class Paragraph:
    """A paragraph.

    Attributes:
        level: its level as a heading, from 1; 0 for other paragraphs.
        look: the look of its style.
        label: its number in a list, "" for a bullet, None if it is not an item.
        comments: the comments on it.
        pieces: its text so far.
        is_hidden: whether a field in it hides it.
    """

    level: int
    look: Look
    label: str | None
    comments: list[Aside] = field(default_factory=list)
    pieces: Pieces = field(default_factory=Pieces)
    is_hidden: bool = False

    @property
    def text(self) -> str:
        words = "" if self.is_hidden else self.pieces.text
        return f"{self.label} {words}" if self.label and words else words

    @property
    def emphasis(self) -> list[Emphasis]:
        """The emphasis in its text. A heading has none."""
        behind = len(self.label) + 1 if self.label else 0
        return [] if self.is_hidden or self.level else [each.moved(behind) for each in self.pieces.emphasis()]


class Body:
    """A parser target that reads styles and paragraphs. Subclasses say what becomes of the paragraphs.

    Attributes:
        notes: the notes in the order of their marks.
        unseen: the numbers of images and other content without text.
    """

    def __init__(self, styles: Styles, objects: Objects | None = None) -> None:
        self.styles = styles
        self._objects = objects
        self._forms = Forms()
        self._in_forms = False
        self.notes: list[Aside] = []
        self.unseen: Counter[str] = Counter()
        self._paragraphs: list[Paragraph] = []  # the open ones, the innermost last
        self._looks: list[Look] = []  # of the open spans
        self._asides: list[Aside] = []
        self._words: list[str] | None = None  # the words of a note's mark or a comment's author
        self._lists: list[str] = []  # the styles of the open lists
        self._counted: dict[str, Counted] = {}
        self._item: tuple[int, int | None, str] | None = None  # level, own number and style of the item that begins
        self._unread = 0  # depth inside an element that is not read
        self._has_object = False

    def paragraph(self, paragraph: Paragraph) -> None:
        """Take a paragraph that has ended."""

    def begin(self, element: str, attributes: Mapping[str, str]) -> None:
        """Begin an element that is none of a paragraph's."""

    @property
    def is_on_white(self) -> bool:
        """Whether the page behind the open paragraph is known to be white."""
        return False

    def finish(self, element: str) -> None:
        """End an element that is none of a paragraph's."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        element = local(tag)
        plain = {local(name): value for name, value in attributes.items()}
        if self._unread or element in _UNREAD or element.endswith("-source") or self.hides(element, plain):
            self._unread += 1
        elif self._in_forms or element == "forms":
            self._in_forms = True
            self._forms.start(tag, attributes)
        elif element in {"p", "h"}:
            self._start_paragraph(element, plain)
        elif element in {"span", "a"}:
            self._looks.append(
                self.styles.look("text", plain.get("style-name", "")) if element == "span" else UNSPECIFIED
            )
        elif element in _SIGNS:
            count = min(whole(plain.get("c", ""), 1), MOST_SPACES) if element == "s" else 1
            self._write(_SIGNS[element] * count)
        elif element in {"note", "annotation"}:
            kind = plain.get("note-class", "footnote") if element == "note" else "comment"
            self._asides.append(Aside(kind))
        elif element in {"note-citation", "creator"}:
            self._words = []
        elif element in {"list", "list-item"}:
            self._start_list(element, plain)
        elif tag.startswith(_DUBLIN_CORE) or tag == _IMAGE_TITLE:
            self._unread += 1  # the date of a comment, or the description of an image
        else:
            self._start_other(element, plain)

    def _start_other(self, element: str, attributes: Mapping[str, str]) -> None:
        if element == "hidden-paragraph" and self._paragraphs:
            self._paragraphs[-1].is_hidden |= attributes.get("is-hidden") == "true"
        elif element == "ruby-text":
            self._write(" (")
        elif element in {"fieldmark", "param"}:
            self._field_mark(element, attributes)
        elif element == "control":
            self._show(self._forms.shown(attributes.get("control", "")))
        else:
            self._count(element, attributes)
            self.styles.start(element, attributes)
            self.begin(element, attributes)

    def _field_mark(self, element: str, attributes: Mapping[str, str]) -> None:
        """Write a check box of the old kind, which its parameter may tick."""
        if element == "fieldmark" and attributes.get("type", "").endswith("CHECKBOX"):
            self._write("☐")
        elif attributes.get("name") == "Checkbox_Checked" and attributes.get("value") == "true" and self._paragraphs:
            words = self._paragraphs[-1].pieces.words
            words[-1:] = [piece.replace("☐", "☑") for piece in words[-1:]]

    def hides(self, element: str, attributes: Mapping[str, str]) -> bool:
        """Return whether nothing inside an element is seen."""
        is_hidden = attributes.get("is-hidden") == "true"
        return (element == "hidden-text" and is_hidden) or (
            element == "section" and (is_hidden or attributes.get("display") == "none")
        )

    def _show(self, text: str) -> None:
        """Write the text of a field or an object: in the current paragraph, or as one of its own."""
        if self._paragraphs:
            self._write(text)
        elif text:
            self.paragraph(Paragraph(0, UNSPECIFIED, None, pieces=Pieces([text], [PLAIN])))

    def end(self, tag: str) -> None:
        element = local(tag)
        if self._unread:
            self._unread -= 1
        elif self._in_forms:
            self._in_forms = element != "forms"
        elif element == "ruby-text":
            self._write(")")
        elif element in {"p", "h"}:
            self._end_paragraph()
        elif element in {"span", "a"}:
            self._looks.pop()
        elif element in {"note", "annotation"}:
            self._end_aside()
        elif element in {"note-citation", "creator"}:
            self._end_words(element)
        elif element == "list":
            self._lists.pop()
            self._item = None
        elif element not in _SIGNS:
            self.finish(element)

    def data(self, data: str) -> None:
        if self._unread or self._in_forms:
            return
        if self._words is not None:
            self._words.append(data)
        elif self._paragraphs:
            self._write(_SPACE.sub(" ", data))

    def _start_paragraph(self, element: str, attributes: Mapping[str, str]) -> None:
        name = attributes.get("style-name", "")
        level = whole(attributes.get("outline-level", ""), 1) if element == "h" else 0
        label = self._label(level, attributes)
        is_title = not level and self.styles.is_title(name)
        self._paragraphs.append(Paragraph(level or int(is_title), self.styles.look("paragraph", name), label))

    def _label(self, level: int, attributes: Mapping[str, str]) -> str | None:
        """Return the label of the item or heading that begins, or None if it has none."""
        if self._item and not self._asides:
            depth, first, style = self._item
            self._item = None
            counted = self._counted.setdefault(self._lists[0], Counted())  # nested lists may have styles of their own
            return self.styles.label(style or self._lists[-1], depth, counted, first=first)
        if not level or attributes.get("is-list-header") == "true" or self._lists:
            return None
        return self.styles.label(OUTLINE, level, self._counted.setdefault(OUTLINE, Counted())) or None

    def _start_list(self, element: str, attributes: Mapping[str, str]) -> None:
        if element == "list":
            name = attributes.get("style-name") or (self._lists[-1] if self._lists else "")
            goes_on = attributes.get("continue-numbering") == "true" or "continue-list" in attributes
            if not self._lists and not goes_on:
                self._counted.pop(name, None)
            self._lists.append(name)
        elif self._lists:
            first = attributes.get("start-value", "")
            self._item = len(self._lists), whole(first, 1) if first else None, attributes.get("style-override", "")

    def _write(self, text: str) -> None:
        """Append text to the current paragraph, unless it is struck out or hidden."""
        if not self._paragraphs:
            return
        paragraph = self._paragraphs[-1]
        look = paragraph.look
        for span in self._looks:
            look = span.over(look)
        if not look.is_seen(on_white=self.is_on_white):
            return
        text = moved(in_unicode(text, look.font or ""), look.raised_by or 0, paragraph.pieces.words)
        follows_space = end_of(paragraph.pieces.words).endswith(" ")
        paragraph.pieces.append(text.removeprefix(" ") if follows_space else text, look.styles)

    def _end_paragraph(self) -> None:
        paragraph = self._paragraphs.pop()
        if self._asides:
            self._asides[-1].paragraphs += [paragraph.text] if paragraph.text else []
        else:
            self.paragraph(paragraph)

    def _end_words(self, element: str) -> None:
        words, self._words = on_one_line("".join(self._words or [])), None
        if self._asides:
            aside = self._asides[-1]
            aside.mark, aside.author = (words, "") if element == "note-citation" else ("", words)

    def _end_aside(self) -> None:
        aside = self._asides.pop()
        paragraph = self._paragraphs[-1] if self._paragraphs else None
        if aside.kind != "comment":
            self.notes.append(aside)
            if paragraph:
                paragraph.pieces.append(raised(aside.mark, end_of(paragraph.pieces.words), is_note=True))
        elif paragraph:
            paragraph.comments.append(aside)
        else:
            self.comment(aside)

    def comment(self, comment: Aside) -> None:
        """Take a comment outside any paragraph."""

    def _count(self, element: str, attributes: Mapping[str, str]) -> None:
        """Count what is not text. A frame with an object or a table also holds an image of it."""
        if element == "frame":
            self._has_object = False
        elif element == "table":
            self._has_object = True
        elif element == "object" and self._objects and not self._has_object:
            text, is_formula = self._objects.text(attributes.get("href", ""))
            self.unseen["object"] += not is_formula
            self._has_object = True
            self._show(text if is_formula else f"\n{text}\n" if text else "")
        elif element in _UNSEEN and not self._has_object:
            self.unseen[_UNSEEN[element]] += 1
            self._has_object = True
