"""How the page's questions are answered: how sure an answer must be, and which reader reads."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, Self

from qa.reading.calibration import Calibration
from qa.reading.curve import curve_of
from qa.reading.load import SHIPPED, default_reader, load_calibration, named_reader, shipped_reader
from qa.reading.reader import Reader

ReaderName = Literal["large", "small"]
"""The name of a shipped reader."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What people set.

    Attributes:
        confidence: the least confidence, in [0, 1], at which an answer is given; None is the reader's usual one.
        reader: the reader that they have chosen.
    """

    confidence: float | None = None
    reader: ReaderName = "large"

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """Return the settings that were kept, with the usual ones in the place of what cannot be used."""
        confidence = kept.get("confidence")
        is_probability = isinstance(confidence, float) and 0 <= confidence <= 1
        return cls(confidence if is_probability else None, "small" if kept.get("reader") == "small" else "large")

    def reading(self) -> Reader:
        """Return the reader that reads: the one that was chosen, unless `CITED_READER` names one."""
        return default_reader() if named_reader() else shipped_reader(self.reader)

    def view(self) -> dict[str, Any]:
        """Return what the page shows of the settings, and of the readers that can be chosen."""
        named = named_reader()
        if named:
            readers = [_reader_view(Path(named).name, default_reader().calibration)]
        else:
            readers = [_reader_view(name, load_calibration(folder)) for name, folder in SHIPPED.items()]
        return asdict(self) | {"isNamed": bool(named), "readers": readers}


def _reader_view(name: str, calibration: Calibration) -> dict[str, Any]:
    """Return a reader's name, the least confidence that is usual with it, and what was measured of it."""
    curve = curve_of(calibration)
    return {"name": name, "usual": calibration.threshold, "measured": asdict(curve) if curve else None}
