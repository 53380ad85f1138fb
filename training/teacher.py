"""Train a teacher: `python -m training.teacher --data ../shared/data --distractors FILE --init FOLDER --out FOLDER`.

The teacher is a large reader from which the shipped ones learn (`python -m training.distil`). Training takes
`--minutes`, and should have a GPU. An interrupted run continues from its last checkpoint with the same command. `--out`
has the current reader in `teacher/`, and `log.jsonl`.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor

from qa.reading.tokens import PairTokenizer
from training.batches import Batch, Pools
from training.losses import loss
from training.model import load_reader
from training.rows import Examples, Mixture, load_distractors, training_corpus
from training.run import Learner, Rates, Run, default_device, prepared
from training.schedule import Clock
from training.tokens import pair_tokenizer

_DISTRACTORS = 0.55, 0.35, 0.10
"""Shares of the questions with no, one and two distractors."""


def train(chosen: argparse.Namespace) -> None:
    """Train the teacher with the options `chosen` on the command line."""
    torch.manual_seed(chosen.seed)
    device, clock, tokenizer = default_device(), Clock(chosen.minutes), pair_tokenizer(chosen.init)
    reader = prepared(load_reader(chosen.init, chosen.dropout), device)
    learner = Learner(reader, tokenizer, Rates(chosen.rate, chosen.per_layer, chosen.average), clock)

    def losses(batch: Batch, _: float) -> Mapping[str, Tensor]:
        return {"teacher": loss(reader(batch.ids, batch.types, batch.attended), batch)}

    pools = Pools(examples(chosen, _DISTRACTORS), PairTokenizer(tokenizer.to_str()), chosen.seed, chosen.tokens)
    Run(chosen.out, {"teacher": learner}, clock).train(pools, losses, device)


def examples(chosen: argparse.Namespace, distractors: tuple[float, ...]) -> Examples:
    """Return the examples `chosen` on the command line; `distractors` are the shares with 0, 1, … of them."""
    corpus = training_corpus(chosen.data)
    return Examples(
        corpus, load_distractors(chosen.distractors, corpus), Mixture(distractors, chosen.synthetic, chosen.altered)
    )


def add_options(parser: argparse.ArgumentParser, *, minutes: float, seed: int) -> None:
    """Add the options that `training.teacher` and `training.distil` share, with these defaults."""
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the question files")
    parser.add_argument("--distractors", type=Path, required=True, help="file that training.mine wrote")
    parser.add_argument("--out", type=Path, required=True, help="folder of the checkpoint, the log and the reader")
    parser.add_argument("--minutes", type=float, default=minutes, help="how long to train")
    parser.add_argument("--tokens", type=int, default=32_768, help="tokens a batch, padding included")
    parser.add_argument("--synthetic", type=float, default=0.0, help="share of the rows that a program makes")
    parser.add_argument("--altered", type=float, default=0.0, help="share that asks for another name or number")
    parser.add_argument("--dropout", type=float, default=0.1, help="probability of dropping an activation")
    parser.add_argument("--seed", type=int, default=seed)


def main(arguments: Sequence[str] | None = None) -> None:
    """Train a teacher, and write its folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser, minutes=5.0, seed=0)
    parser.add_argument("--init", type=Path, required=True, help="folder of the encoder, all-mpnet-base-v2")
    parser.add_argument("--rate", type=float, default=6e-5, help="learning rate of the output layers")
    parser.add_argument("--per-layer", type=float, default=0.9, help="its factor for each layer below")
    parser.add_argument("--average", type=float, default=0.998, help="decay of the weights' moving average")
    train(parser.parse_args(arguments))


if __name__ == "__main__":
    main()
