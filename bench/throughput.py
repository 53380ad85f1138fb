"""How fast are documents added, compared with encoding their passages, which every collection must do?

Bare sentence-transformers encodes the passages of some paragraphs of a SQuAD-format file, in float32 and batches of 32.
In turn with this, the paragraphs are added to a collection, a part at a time. The ratio is that of the total times.
"""

import argparse
import random
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from sentence_transformers import SentenceTransformer

from bench.spent import Spent, spent
from evaluation.squad import load
from index import Document, FolderCollection, split
from index.encoder.packaged import MODEL_FOLDER

_PARTS = 6


def main() -> None:
    """Measure both, and print passages per second and their ratio."""
    parser = argparse.ArgumentParser(prog="python -m bench.throughput", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE.json[.gz]")
    parser.add_argument("--sample", type=int, default=900, metavar="N", help="paragraphs, drawn at random")
    options = parser.parse_args()
    paragraphs, _ = load(options.file)
    documents = random.Random(0).sample(paragraphs, min(options.sample, len(paragraphs)))
    parts = [documents[number::_PARTS] for number in range(_PARTS)]
    texts = [[passage.text for document in part for passage in split(document)] for part in parts]

    bare = SentenceTransformer(str(MODEL_FOLDER), local_files_only=True, model_kwargs={"dtype": torch.float32})
    bare.encode(texts[0][:32])
    with TemporaryDirectory() as folder, FolderCollection(folder) as collection:
        collection.add(Document("This loads the model, which is not timed.", "first"))
        encoded: list[Spent] = []
        added: list[Spent] = []
        for number in range(_PARTS):
            works = [
                (encoded, lambda: bare.encode(texts[number], batch_size=32)),
                (added, lambda: collection.add(*parts[number])),
            ]
            # The processor's speed may change, so each comes first equally often.
            for times, work in works if number % 2 else reversed(works):
                times.append(spent(work))
    passages = sum(map(len, texts))
    print(f"{passages:,} passages, {torch.get_num_threads()} threads; passages per second, and of CPU")
    for name, times in (("encode in float32", encoded), ("Collection.add", added)):
        print(f"{name:18}{passages / _wall(times):6.1f}  {passages / _cpu(times):6.1f}")
    print(f"{'ratio':18}{_wall(encoded) / _wall(added):6.2f}  {_cpu(encoded) / _cpu(added):6.2f}")


def _wall(times: Iterable[Spent]) -> float:
    return sum(each.wall for each in times)


def _cpu(times: Iterable[Spent]) -> float:
    return sum(each.cpu for each in times)


if __name__ == "__main__":
    main()
