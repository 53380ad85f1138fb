"""The fields of the older forms of Word: what they show is not in the text, but in their properties."""

from collections.abc import Mapping

from index.formats.controls import TICKED
from index.formats.docx.xml import is_on, value
from index.formats.numerals import whole

FIELDS = frozenset({"checkBox", "ddList"})
"""The elements that begin such a field."""


class FormField:
    """A check box or a list of choices while its properties are read.

    Args:
        element: one of `FIELDS`.
    """

    def __init__(self, element: str) -> None:
        self._is_box = element == "checkBox"
        self._choices: list[str] = []
        self._chosen: int | None = None
        self._otherwise = 0

    def start(self, element: str, attributes: Mapping[str, str]) -> None:
        """Begin an element inside the field."""
        given = int(is_on(attributes)) if self._is_box else whole(value(attributes))
        if element in {"checked", "result"}:
            self._chosen = given
        elif element == "default":
            self._otherwise = given
        elif element == "listEntry":
            self._choices.append(value(attributes))

    @property
    def text(self) -> str:
        """What the field shows."""
        chosen = self._otherwise if self._chosen is None else self._chosen
        return "".join((TICKED["checkbox"] if self._is_box else self._choices)[chosen : chosen + 1])
