"""How text looks in the files of word processors, as their styles specify it."""

from dataclasses import dataclass, fields
from operator import attrgetter

from index.formats.pieces import Styled, styles_of


@dataclass(frozen=True, slots=True)
class Look:
    """The relevant formatting of text. None means that it is not specified.

    Attributes:
        is_hidden: whether the text is hidden or struck out.
        raised_by: 1 for raised text, -1 for lowered text, 0 for other text.
        is_bold: whether it is bold.
        is_italic: whether it is italic.
        font: the name of its font.
        is_white: whether its letters are white.
        is_shaded: whether it has a background of another colour.
        is_off: whether a sheet, slide or section with this style is not displayed.
    """

    is_hidden: bool | None = None
    raised_by: int | None = None
    is_bold: bool | None = None
    is_italic: bool | None = None
    font: str | None = None
    is_white: bool | None = None
    is_shaded: bool | None = None
    is_off: bool | None = None

    @property
    def styles(self) -> Styled:
        """Whether the text is bold, and whether it is italic."""
        return styles_of(is_bold=bool(self.is_bold), is_italic=bool(self.is_italic))

    def over(self, other: "Look") -> "Look":
        """Return this look, with what it does not specify taken from `other`.

        >>> Look(is_bold=False).over(Look(is_bold=True, raised_by=1)) == Look(is_bold=False, raised_by=1)
        True
        """
        if self == UNSPECIFIED:
            return other
        pairs = zip(_values(self), _values(other), strict=True)
        return Look(*(theirs if own is None else own for own, theirs in pairs))

    def is_seen(self, *, on_white: bool) -> bool:
        """Return whether the text is seen; white letters are not, unless the text or the place has another colour."""
        return not (self.is_hidden or (on_white and self.is_white and not self.is_shaded))


UNSPECIFIED = Look()
_values = attrgetter(*(field.name for field in fields(Look)))
