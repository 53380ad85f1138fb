"""The fields of the forms in an OpenDocument file: what they show."""

from collections.abc import Mapping

from index.formats.controls import TICKED
from index.formats.package import local

_WRITTEN_IN = frozenset("text textarea formatted-text number date time combobox file".split())


class Forms:
    """Takes note of the fields, which the file lists before its text, and returns what each shows by its id."""

    def __init__(self) -> None:
        self._shown: dict[str, list[str]] = {}
        self._list = ""  # the id of the open list

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element inside the forms."""
        element = local(tag)
        plain = {local(name): value for name, value in attributes.items()}
        own = plain.get("id", "")
        label = plain.get("label", "")
        if element in _WRITTEN_IN:
            self._shown[own] = [plain.get("current-value", plain.get("value", ""))]
        elif element in TICKED:
            state = plain.get("current-state", plain.get("state", plain.get("current-selected", "")))
            self._shown[own] = [f"{TICKED[element][state in {'checked', 'true'}]} {label}".strip()]
        elif element == "fixed-text":
            self._shown[own] = [label]
        elif element == "listbox":
            self._list = own
            self._shown[own] = []
        elif element == "option" and plain.get("current-selected", plain.get("selected")) == "true":
            self._shown.setdefault(self._list, []).append(label)

    def shown(self, control: str) -> str:
        """Return what the field with the id `control` shows."""
        return ", ".join(filter(None, self._shown.get(control, ())))
