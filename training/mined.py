"""The file between `training.mine`, which needs an index, and `training.reader`, which needs none.

JSON lines. The first names the corpus: {"corpus": fingerprint}. Each other is about one question:
{"id": question id, "passages": [[paragraph number, start, end], …]}, the passages best first.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from evaluation.squad import Corpus
from index.document import Span
from training.passages import Place


class OtherCorpusError(ValueError):
    """Negatives were mined over other paragraphs than those of the training data."""


def fingerprint(corpus: Corpus) -> str:
    """Return a name for the paragraphs of `corpus` and their order."""
    return sha256("\0".join(paragraph.text for paragraph in corpus.paragraphs).encode()).hexdigest()


def read_mined(path: Path, corpus: Corpus) -> Mapping[str, Sequence[Place]]:
    """Return the mined passages of each question that has any.

    Raises:
        OtherCorpusError: the file is about another corpus.
    """
    header, *found = records(path)
    if header != {"corpus": fingerprint(corpus)}:
        raise OtherCorpusError(f"The negatives in {path} were mined over other data; mine them again.")
    return {
        record["id"]: tuple(Place(number, Span(start, end)) for number, start, end in record["passages"])
        for record in found
        if record["passages"]
    }


def records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a file that may still be written to: a last line without its end is passed over."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.endswith("\n"))
