"""An element of a web page that is open while the page is read, and what it takes over from those around it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from index.block import Role
from index.emphasis import Style
from index.formats.apart import role_of
from index.formats.css.look import Look
from index.formats.layout import HEADINGS, LAID_OUT

BLOCKS = HEADINGS.keys() | frozenset(
    "p ul ol dl li table tr td div section article header aside nav footer main form dialog figure details"
    " blockquote".split()
)
"""Elements that may set their content apart."""

_TEXTS = frozenset({"main", "article", "section"})
"""Elements whose `header` belongs to a text and not to the page."""

_NOTE = re.compile(r"noteref|footnote|endnote|\bfn\b", re.IGNORECASE)

_LONGEST_NAMES = 120
"""Code points of an element's names that say whether it is a note mark."""


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
        shown_as: the name of an element that is laid out in the same way.
        is_row: whether the elements in it stand beside each other.
        is_beside: whether it stands beside its neighbours, with space between them.
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
    shown_as: str = ""
    is_row: bool = False
    is_beside: bool = False

    def within(
        self, tag: str, attributes: Mapping[str, str], look: Look, number: int, *, main: str, are_names_read: bool
    ) -> "OpenElement":
        """Return an element that begins inside this one.

        Args:
            tag: its name.
            attributes: its attributes.
            look: how it looks.
            number: its number among the elements of the page.
            main: the name or role of the main element; "" if the page has none.
            are_names_read: whether classes and ids can set an element apart.
        """
        is_inline = tag not in LAID_OUT
        return OpenElement(
            tag,
            number,
            self.is_main or bool(main and main in (tag, attributes.get("role"))),
            self._role_of(tag, attributes, are_names_read=are_names_read),
            self.in_text or tag in _TEXTS,
            self.is_link or (tag == "a" and "href" in attributes),
            self.is_note or _is_note(tag, attributes),
            look.styles_in(self.styles),
            look.after,
            "div" if is_inline and look.is_block else tag,
            look.is_row,
            tag == "textarea" or (is_inline and (self.is_row or look.is_beside)),
        )

    def _role_of(self, tag: str, attributes: Mapping[str, str], *, are_names_read: bool) -> Role:
        """Return the role of the text of an element inside this one."""
        if tag in {"main", "h1"} and self.role == Role.HEADER:
            return Role.TEXT
        if tag not in BLOCKS or self.role not in {Role.TEXT, Role.ASIDE, Role.HEADER, Role.FOOTER}:
            return self.role
        role = role_of(tag, attributes, are_names_read=are_names_read) or self.role
        return Role.HEADER if tag == "header" and role == Role.TEXT and not self.in_text else role


def _is_note(tag: str, attributes: Mapping[str, str]) -> bool:
    """Return whether raised text in an element is a note mark."""
    if not attributes:
        return False
    names = " ".join(attributes.get(name, "") for name in ("class", "role", "epub:type"))
    return (tag == "a" and "#" in attributes.get("href", "")) or (
        tag in {"a", "sup", "span"} and _NOTE.search(names[:_LONGEST_NAMES]) is not None
    )
