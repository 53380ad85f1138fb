"""Fit what the reader's margins are worth: `python -m training.calibrate FILE.json[.gz] READER_FOLDER`.

Asks a collection of all the file's paragraphs, reads what it finds as `qa.ask` does, and writes `calibration.json`
beside the reader: the weight of the search's score with which the right span comes first most often, the logistic
regression of whether the first span is right on its evidence, and the confidence from which on giving answers makes F1
best. The file is SQuAD 2.0's development set, half of whose questions have no answer.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from sklearn.linear_model import LogisticRegression

from index import Collection, Document
from qa.ask import PASSAGES_READ
from qa.calibration import CALIBRATION, Calibration
from qa.reader import OnnxReader, seal
from training.metrics import Prediction, best_threshold, f1
from training.squad import load_json

RIGHT = 0.5
"""F1 from which a span counts as the right answer, as a reader would who is shown it marked in its sentence."""

SEARCH_WEIGHTS = np.linspace(0, 20, 41)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its accepted answers, none where it has none, and what was found: one entry a passage."""

    accepted: tuple[str, ...]
    scores: Sequence[float]
    margins: Sequence[float]
    spans: Sequence[str]

    def best(self, search: float) -> tuple[str, float]:
        """Return the span with the strongest evidence, and that evidence."""
        evidence = np.array(self.margins) - search * (max(self.scores) - np.array(self.scores))
        first = int(evidence.argmax())
        return self.spans[first], float(evidence[first])


def fitted(asked: Sequence[Asked]) -> Calibration:
    """Return the calibration under which `asked` were answered best."""
    search = max(SEARCH_WEIGHTS, key=lambda weight: sum(_is_right(one, one.best(weight)[0]) for one in asked))
    best = [one.best(search) for one in asked]
    evidence = np.array([strength for _, strength in best])
    right = np.array([_is_right(one, span) for one, (span, _) in zip(asked, best, strict=True)])
    regression = LogisticRegression(C=np.inf).fit(evidence[:, None], right)
    slope, intercept = float(regression.coef_[0, 0]), float(regression.intercept_[0])
    unthresholded = Calibration(float(search), slope, intercept, threshold=0.0)
    given = [
        Prediction(span, unthresholded.confidence(strength), one.accepted)
        for one, (span, strength) in zip(asked, best, strict=True)
    ]
    return Calibration(float(search), slope, intercept, best_threshold(given))


def _is_right(asked: Asked, span: str) -> bool:
    return bool(asked.accepted) and f1(span, asked.accepted) >= RIGHT


def main(arguments: Sequence[str] | None = None) -> None:
    """Ask, fit, and write the calibration beside the reader."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="questions in SQuAD 2.0's format")
    parser.add_argument("reader", type=Path, help="folder of the exported reader")
    parser.add_argument("--questions", type=int, default=2000, help="how many to ask, drawn at random")
    options = parser.parse_args(arguments)
    calibration = fitted(_ask(options.file, options.reader, options.questions))
    (options.reader / CALIBRATION).write_text(json.dumps(asdict(calibration), indent=1) + "\n", encoding="utf-8")
    seal(options.reader)
    print(calibration)


def _ask(file: Path, folder: Path, count: int) -> list[Asked]:
    paragraphs = [entry for article in load_json(file)["data"] for entry in article["paragraphs"]]
    questions = [asked for entry in paragraphs for asked in entry["qas"]]
    drawn = np.random.default_rng(0).permutation(len(questions))[:count]
    reader, answered = OnnxReader(folder), []
    with TemporaryDirectory() as work, Collection(Path(work) / "collection") as collection:
        collection.add(*(Document(entry["context"], title="") for entry in paragraphs))
        for number in drawn:
            asked = questions[number]
            hits = collection.search(asked["question"], PASSAGES_READ)
            texts = [hit.passage.text for hit in hits]
            readings = reader.read(asked["question"], texts)
            answered.append(
                Asked(
                    accepted=tuple(answer["text"] for answer in asked["answers"]),
                    scores=[hit.score for hit in hits],
                    margins=[reading.margin for reading in readings],
                    spans=[t[r.span.start : r.span.end] for t, r in zip(texts, readings, strict=True)],
                )
            )
    return answered


if __name__ == "__main__":
    main()
