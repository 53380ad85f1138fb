"""Presentations (.pptx): the text of their slides, with the notes of the speaker."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from index.formats.archive import Archive
from index.formats.content import Content, with_author
from index.formats.drawing import Shapes
from index.formats.drawn import words_of
from index.formats.facts import counted
from index.formats.normal import normalised, on_one_line
from index.formats.numerals import whole
from index.formats.package import Related, is_on, local, parse, properties, reference, related
from index.formats.placed import Frame
from index.formats.slides import SlideWriter


def read_presentation(archive: Archive, main: str) -> Content:
    """Return the text of the presentation in the part `main`, slide by slide, each with its number as its place.

    The title of a slide comes first, then its shapes as they stand, and its notes and comments come last. Footers are
    written once. Hidden slides, and shapes beside a slide, are left out.

    Raises:
        NoContent: a part is damaged, or exceeds the limit on unpacked bytes.
    """
    parts = related(archive, main)
    slides, authors = _Slides(), _Authors()
    parse(archive.read(main), slides)
    for each in parts.values():
        if each.kind in {"commentAuthors", "authors"}:
            parse(archive.read(each.part), authors)
    writer = SlideWriter()
    unread: Counter[str] = Counter()
    behind: list[str] = []  # the parts with the layouts of the slides
    for number, relation in enumerate(slides.relations, start=1):
        if relation not in parts:
            continue
        slide_part = parts[relation].part
        own = list(related(archive, slide_part).values())
        slide = _slide(archive, slide_part)
        if slide.is_hidden:
            unread["hidden slide"] += 1
            continue
        unread += slide.unseen
        writer.slide(f"slide {number}", [each for each in slide.found if slides.shows(each.frame)])
        behind += [] if slide.is_alone else [each.part for each in own if each.kind == "slideLayout"]
        writer.notes(f"notes of slide {number}", _notes(archive, own))
        writer.comments(f"slide {number}", _comments(archive, own, authors.names))
    for part in _with_masters(archive, dict.fromkeys(behind)):
        writer.footers(_slide(archive, part).found)
    return replace(writer.content(), facts=properties(archive), unread=counted(unread))


def _slide(archive: Archive, part: str) -> "_Slide":
    """Return a slide, or a layout, with its shapes, then those that PowerPoint has drawn of its diagrams."""
    own = related(archive, part)
    slide = _Slide(partial(words_of, archive, own))
    parse(archive.read(part), slide)
    for each in own.values():
        if each.kind == "diagramDrawing" and slide.unseen["diagram"]:
            parse(archive.read(each.part), slide)
            slide.unseen -= Counter({"diagram": 1})
    return slide


def _with_masters(archive: Archive, layouts: Iterable[str]) -> Iterator[str]:
    """Yield the layouts, and then the masters that they show as well."""
    masters: dict[str, None] = {}
    for layout in layouts:
        yield layout
        if not _slide(archive, layout).is_alone:
            own = related(archive, layout).values()
            masters |= dict.fromkeys(each.part for each in own if each.kind == "slideMaster")
    yield from masters


def _notes(archive: Archive, own: Sequence[Related]) -> list[str]:
    """Return the paragraphs of the speaker's notes."""
    shapes = Shapes()
    for each in own:
        if each.kind == "notesSlide":
            parse(archive.read(each.part), shapes)
    return [text for shape in shapes.found if shape.placeholder in {"body", ""} for text in shape.paragraphs]


def _comments(archive: Archive, own: Sequence[Related], names: Mapping[str, str]) -> list[str]:
    """Return the comments on a slide, each after the name of its author."""
    comments = _Comments(names)
    for each in own:
        if each.kind == "comments":
            parse(archive.read(each.part), comments)
    return comments.found


class _Slides:
    """A parser target for the presentation, which lists its slides in order, and says how large they are."""

    def __init__(self) -> None:
        self.relations: list[str] = []
        self._size = 0, 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if local(tag) == "sldId":
            self.relations += filter(None, [reference(attributes)])
        elif local(tag) == "sldSz":
            self._size = whole(attributes.get("cx", "")), whole(attributes.get("cy", ""))

    def shows(self, frame: Frame | None) -> bool:
        """Return whether what stands there is seen on a slide, at least in part."""
        return not (frame and all(self._size) and frame.is_outside(*self._size))


class _Slide(Shapes):
    """A parser target for a slide or a layout.

    Attributes:
        is_hidden: whether it is hidden.
        is_alone: whether it does not show the shapes of its layout, or of the master of that.
    """

    def __init__(self, words: Callable[[str], Sequence[str]]) -> None:
        super().__init__(words)
        self.is_hidden = self.is_alone = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if local(tag) in {"sld", "sldLayout"}:
            self.is_hidden = not is_on(attributes, "show", otherwise=True)
            self.is_alone = not is_on(attributes, "showMasterSp", otherwise=True)
        super().start(tag, attributes)


class _Authors:
    """A parser target for the part that lists the authors of comments."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if local(tag) in {"cmAuthor", "author"}:
            self.names[attributes.get("id", "")] = on_one_line(attributes.get("name", ""))


class _Comments:
    """A parser target for the comments on a slide. Old ones have plain text, new ones paragraphs of runs."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.found: list[str] = []
        self._names = names
        self._author = ""
        self._pieces: list[str] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        element = local(tag)
        if element in {"cm", "reply"}:
            self._author = self._names.get(attributes.get("authorId", ""), "")
        elif element in {"text", "txBody"}:
            self._pieces = []

    def end(self, tag: str) -> None:
        element = local(tag)
        if element in {"text", "txBody"} and self._pieces is not None:
            text = normalised("".join(self._pieces)).strip()
            if any(map(str.isalnum, text)):
                self.found.append(with_author(text, self._author))
            self._pieces = None
        elif element == "p" and self._pieces:
            self._pieces.append("\n")

    def data(self, data: str) -> None:
        if self._pieces is not None:
            self._pieces.append(data)
