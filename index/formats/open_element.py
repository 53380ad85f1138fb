"""An element of a web page that is open while the page is read."""

from dataclasses import dataclass

from index.block import Role
from index.emphasis import Style


@dataclass(slots=True)
class OpenElement:
    """An open element.

    Attributes:
        tag: its name.
        number: its number among the elements of the page.
        is_main: whether it is the main element, or inside it.
        role: the role of its text.
        in_text: whether it is one of `_TEXTS` or inside one, so that a `header` in it does not belong to the page.
        is_link: whether it is a link or inside one.
        is_note: whether raised text in it is a note mark.
        styles: whether its text is bold, and whether it is italic.
        after: words that a style sheet writes after it.
    """

    tag: str
    number: int
    is_main: bool
    role: Role
    in_text: bool
    is_link: bool = False
    is_note: bool = False
    styles: frozenset[Style] = frozenset()
    after: str = ""
