"""Does `qa.explain.attribution` name the right speaker?

`speakers.jsonl` has labelled sentences of 24 Wikinews articles (in the GUM corpus, CC BY 2.5), one JSON object a line.
`document` is the article's file, `quote` the cited words, and `start` their offset in code points. `says` is
"document", "unclear", or the shortest words that name the speaker. The rules were developed on the even-numbered
articles in alphabetical order. Misses in the others are not shown, so that nobody tunes the rules to them.

A speaker is right if it contains the label's words, or is the end of them, such as "Dewar" for "Paul Dewar".
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index import Document, Span
from qa.explain.attribution import attribution

_LABELS = Path(__file__).with_name("speakers.jsonl")


@dataclass(frozen=True, slots=True)
class Label:
    """A cited place, and who makes the statement there."""

    document: str
    start: int
    quote: str
    says: str

    @property
    def names(self) -> bool:
        """Whether the label names a speaker."""
        return self.says not in ("document", "unclear")

    def found(self, articles: Path) -> str:
        """Return the result of `attribution`, in the form of `says`."""
        document = Document((articles / self.document).read_text(encoding="utf-8"), self.document)
        span = Span(self.start, self.start + len(self.quote))
        assert document.quote(span) == self.quote
        result = attribution(document, span)
        return result.speaker.quote if result.speaker else "unclear" if result.reported else "document"

    def is_right(self, found: str) -> bool:
        """Return whether `found` has the words of the label, or is their end."""
        expected, words = self.says.casefold(), found.casefold()
        return words == expected or (self.names and (_holds(words, expected) or f" {expected}".endswith(f" {words}")))


def main() -> None:
    """Print a line for each miss on the development half, and the figures of both halves."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.speakers", description=__doc__)
    parser.add_argument("articles", type=Path, metavar="FOLDER", help="the articles, as text files")
    options = parser.parse_args()

    numbers = {file.name: n for n, file in enumerate(sorted(options.articles.glob("*.txt")), start=1)}
    labels = [Label(**json.loads(line)) for line in _LABELS.read_text(encoding="utf-8").splitlines()]
    found = [(label, label.found(options.articles)) for label in labels]
    development = [pair for pair in found if numbers[pair[0].document] % 2 == 0]
    held_out = [pair for pair in found if numbers[pair[0].document] % 2]
    for label, says in development:
        if not label.is_right(says):
            print(f"{label.document}: {label.quote!r} is said by {label.says!r}, not {says!r}")
    _print("development", development)
    _print("held out", held_out)


def _holds(words: str, part: str) -> bool:
    return f" {part} " in f" {words} "


def _print(half: str, found: Sequence[tuple[Label, str]]) -> None:
    right = sum(label.names and label.is_right(says) for label, says in found)
    named = sum(says not in ("document", "unclear") for _, says in found)
    expected = sum(label.names for label, _ in found)
    others = sum(not label.names and label.is_right(says) for label, says in found)
    print(f"{half:12} precision {right / max(named, 1):.3f} ({right} of {named} named)", end="  ")
    print(f"recall {right / max(expected, 1):.3f} ({expected} labelled)", end="  ")
    print(f"document or unclear {others} of {len(found) - expected}")


if __name__ == "__main__":
    main()
