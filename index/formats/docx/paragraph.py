"""A paragraph of a Word file while it is read."""

from dataclasses import dataclass, field

from index.emphasis import Emphasis
from index.formats.look import UNSPECIFIED, Look
from index.formats.pieces import PLAIN, Pieces, Styled
from index.formats.raised import end_of, moved, raised
from index.formats.symbols import in_unicode


@dataclass(slots=True)
class Paragraph:
    """An open paragraph.

    Attributes:
        look: the look that its style gives its text.
        style: the id of its style.
        is_heading: whether it is a heading.
        list_id: the list that it is an item of, if any.
        level: its level in that list, as written in the file.
        goes_on: whether the next paragraph continues its line: it is an initial, or its end was deleted.
        is_cut: whether hidden text was skipped at its end.
        is_strong: whether all of its words are bold.
        place: the note or comment that begins with it, if any.
        comments: the ids of the comments on it.
        is_on_white: whether the page behind it is known to be white.
    """

    look: Look = UNSPECIFIED
    style: str = ""
    is_heading: bool = False
    list_id: str = ""
    level: str = ""
    goes_on: bool = False
    is_cut: bool = False
    is_strong: bool = True
    place: str = ""
    comments: list[str] = field(default_factory=list)
    is_on_white: bool = False
    _pieces: Pieces = field(default_factory=Pieces)
    _raised: list[str] = field(default_factory=list)  # the raised or lowered text at its end, not yet written
    _is_low: bool = False
    _raised_styles: Styled = PLAIN

    @property
    def text(self) -> str:
        """Its text so far."""
        self._end_raised()
        return self._pieces.text

    @property
    def emphasis(self) -> list[Emphasis]:
        """The emphasis in its text so far. A heading has none."""
        self._end_raised()
        return [] if self.is_heading else self._pieces.emphasis()

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written or skipped in it."""
        return not (self._pieces.words or self._raised or self.is_cut)

    def write(self, text: str, look: Look = UNSPECIFIED) -> None:
        """Append text, unless it is struck out, hidden or white on white."""
        look = look.over(self.look)
        if not look.is_seen(on_white=self.is_on_white):
            self.is_cut = True
            return
        if self.is_cut and end_of(self._pieces.words).endswith(" "):
            text = text.removeprefix(" ")
        text = in_unicode(text, look.font or "")
        self.is_cut = False
        self.is_strong &= bool(look.is_bold) or text.isspace()
        if not look.raised_by:
            self._end_raised()
            self._pieces.append(text, look.styles)
            return
        if self._raised and self._is_low != (look.raised_by < 0):
            self._end_raised()
        self._is_low, self._raised_styles = look.raised_by < 0, look.styles
        self._raised.append(text)

    def write_mark(self, mark: str) -> None:
        """Append the mark of a note."""
        self._end_raised()
        self._pieces.append(raised(mark, end_of(self._pieces.words), is_note=True))

    def continue_from(self, before: "Paragraph") -> None:
        """Begin with the text of a paragraph that goes on in this one."""
        before._end_raised()
        self._pieces.continue_from(before._pieces)
        self.comments = [*before.comments, *self.comments]

    def _end_raised(self) -> None:
        """Write the pending raised or lowered text."""
        if text := "".join(self._raised):
            self._pieces.append(moved(text, -1 if self._is_low else 1, self._pieces.words), self._raised_styles)
            self._raised = []
