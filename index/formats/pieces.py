"""A paragraph in pieces that may look differently from each other."""

from dataclasses import dataclass, field

from index.emphasis import Emphasis, Style
from index.formats.normal import normalised

Styled = frozenset[Style]
"""Whether words are bold, and whether they are italic."""

PLAIN: Styled = frozenset()


def styles_of(*, is_bold: bool, is_italic: bool) -> Styled:
    """Return the styles of words."""
    return frozenset([Style.BOLD] * is_bold + [Style.ITALIC] * is_italic)


@dataclass(slots=True)
class Pieces:
    """The pieces of a paragraph, and how each of them looks.

    >>> pieces = Pieces()
    >>> pieces.append(" The ")
    >>> pieces.append("harbour", styles_of(is_bold=True, is_italic=False))
    >>> pieces.text, pieces.emphasis()
    ('The harbour', [Emphasis(start=4, end=11, style=<Style.BOLD: 'bold'>)])
    """

    words: list[str] = field(default_factory=list)
    styles: list[Styled] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The normalised text, without white space at its ends."""
        return normalised("".join(self.words)).strip()

    def append(self, words: str, styles: Styled = PLAIN) -> None:
        """Append a piece."""
        self.words.append(words)
        self.styles.append(styles)

    def continue_from(self, before: "Pieces") -> None:
        """Begin with the pieces of another paragraph."""
        self.words[:0], self.styles[:0] = before.words, before.styles

    def emphasis(self) -> list[Emphasis]:
        """Return the emphasis in the text; none if characters of two pieces make one, as a letter and its accent."""
        if not any(self.styles):
            return []
        whole = normalised("".join(self.words))
        texts = list(map(normalised, self.words))
        if "".join(texts) != whole:
            return []
        found, end = [], len(whole.strip())
        at = len(whole.lstrip()) - len(whole)
        for text, styles in zip(texts, self.styles, strict=True):
            start, at = at, at + len(text)
            first, last = max(start, 0), min(at, end)
            if first < last and not text.isspace():
                found += [Emphasis(first, last, style) for style in styles]
        return found
