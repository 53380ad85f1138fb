"""How accurate is the reader? `python -m evaluation.reader FILE.json[.gz] [--sample N]`.

The file has SQuAD's format; its paragraphs are read whole. Prints SQuAD 2.0's exact match and F1 at the shipped
threshold, at the best threshold, and if every question is answered. Also prints how well confidence tells answerable
from unanswerable questions, and the time per passage.
"""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evaluation.metrics import Prediction, Scores, area_under_roc, best_threshold, score
from evaluation.squad import load
from qa.reading.excerpt import Excerpt
from qa.reading.load import LARGE, load_reader


def row(name: str, scores: Scores) -> str:
    """Return one line of the table of scores."""
    values: list[Any] = [scores.exact, scores.f1, scores.has_answer_exact, scores.has_answer_f1, scores.no_answer]
    return f"{name:<20}{scores.threshold:>10.3f}" + "".join(f"{value:>11.2f}" for value in values)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the passage of every question, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="questions in SQuAD's format")
    parser.add_argument("--reader", default=str(LARGE), help="another than the shipped large one, by folder or name")
    parser.add_argument("--sample", type=int, help="read only so many questions, drawn at random")
    options = parser.parse_args(arguments)
    _, asked = load(options.file, options.sample)
    reader = load_reader(options.reader)
    began = time.perf_counter()
    findings = [reader.read(one.question, [Excerpt(one.paragraph.text)])[0] for one in asked]
    seconds = time.perf_counter() - began
    predictions = [
        Prediction(one.paragraph.quote(finding.span), reader.calibration.confidence(finding), one.accepted)
        for one, finding in zip(asked, findings, strict=True)
    ]
    print(f"{'threshold':<20}{'':>10}" + "".join(f"{n:>11}" for n in ("EM", "F1", "HasAns EM", "HasAns F1", "NoAns")))
    print(row("shipped", score(predictions, reader.calibration.threshold)))
    print(row("best", score(predictions, best_threshold(predictions))))
    print(row("always answer", score(predictions, float("-inf"))))
    print(f"AUROC {area_under_roc(predictions):.4f}")
    print(f"{1000 * seconds / len(asked):.1f} ms a passage, {len(asked)} questions")


if __name__ == "__main__":
    main()
