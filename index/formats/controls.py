"""The fields of forms on web pages: what is written in them, chosen and ticked."""

from collections.abc import Mapping

_WRITTEN_IN = frozenset(
    {"", "text", "number", "date", "time", "datetime-local", "month", "week", "email", "tel", "url"}
)
"""Types of fields whose value is seen as text."""

TICKED = {"checkbox": ("☐", "☑"), "radio": ("○", "◉")}
"""Type of a field → how it is seen without and with its tick."""


def seen_in_field(attributes: Mapping[str, str]) -> str:
    """Return what is seen in an `input` element."""
    kind = attributes.get("type", "").strip().lower()
    if kind in TICKED:
        return f" {TICKED[kind]['checked' in attributes]} "
    return f" {attributes.get('value', '')} " if kind in _WRITTEN_IN else ""


class Choice:
    """The options of a `select` element. It shows those that are selected, or else the first of a closed list."""

    def __init__(self, attributes: Mapping[str, str]) -> None:
        self._is_closed = "multiple" not in attributes and attributes.get("size", "1") in {"", "0", "1"}
        self._options: list[tuple[bool, list[str]]] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element inside the list."""
        if tag == "option":
            self._options.append(("selected" in attributes, []))

    def data(self, data: str) -> None:
        """Take the words of an option."""
        if self._options:
            self._options[-1][1].append(data)

    @property
    def text(self) -> str:
        """What is seen of the list."""
        options = [(is_selected, " ".join("".join(words).split())) for is_selected, words in self._options]
        selected = [words for is_selected, words in options if is_selected]
        if not selected:
            selected = [words for _, words in (options[:1] if self._is_closed else options)]
        return f" {', '.join(filter(None, selected))} "
