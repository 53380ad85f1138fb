"""A training run: several readers learn from the same batches for a given time. It can be interrupted and resumed."""

import copy
import itertools
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.optim.lr_scheduler import LambdaLR
from torch.utils.data import DataLoader

from index.encoder.sentence_transformer import has_bfloat16
from training.batches import Batch, Pools
from training.checkpoint import load_checkpoint, replace_folder, save_checkpoint
from training.model import SpanReader
from training.schedule import Clock, averaged, factor, parameter_groups
from training.tokens import save_tokenizer

_SAVED = 120.0
"""Seconds between two checkpoints."""

_LOGGED = 50
"""Batches between two lines of the log."""

Losses = Callable[[Batch, float], Mapping[str, Tensor]]
"""The loss of each learner, by name, on a batch; the number is the share of the run that is over."""


@dataclass(frozen=True, slots=True)
class Rates:
    """How fast a reader learns.

    Args:
        peak: the learning rate of the output layers.
        per_layer: factor on the learning rate from each layer to the one below.
        average: decay of the weights' moving average for each step, in [0, 1).
    """

    peak: float
    per_layer: float
    average: float


class Learner:
    """A reader in training, with its optimiser, schedule and moving average.

    `head` is trained with the reader at the peak rate, and is not kept.
    """

    def __init__(
        self, reader: SpanReader, tokenizer: Tokenizer, rates: Rates, clock: Clock, head: nn.Module | None = None
    ) -> None:
        self.reader = reader.train()
        self.head = nn.ModuleList([head] if head else [])
        self._tokenizer = tokenizer
        self._average = averaged(reader, rates.average)
        groups = list(parameter_groups(reader, rates.peak, rates.per_layer))
        if head:
            groups.append({"params": list(head.parameters()), "lr": rates.peak})
        self._optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6, fused=True)
        self._schedule = LambdaLR(self._optimiser, lambda _: factor(clock.share))

    def step(self, value: Tensor) -> None:
        """Take a step down the gradient of the loss `value`, a scalar."""
        value.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.reader.parameters(), max_norm=1.0)
        self._optimiser.step()
        self._optimiser.zero_grad()
        self._average.update_parameters(self.reader)
        self._schedule.step()

    def forget(self) -> None:
        """Discard the gradients."""
        self._optimiser.zero_grad()

    def state(self) -> dict[str, Any]:
        """Return the state that a checkpoint keeps."""
        return {name: part.state_dict() for name, part in self._parts().items()}

    def load(self, state: Mapping[str, Any]) -> None:
        """Resume from what `state` returned."""
        for name, part in self._parts().items():
            part.load_state_dict(state[name])

    def save(self, folder: Path) -> None:
        """Write the reader with its averaged weights to `folder`."""
        reader: Any = copy.deepcopy(self._average.module).to("cpu")
        reader.save_pretrained(folder)
        save_tokenizer(self._tokenizer, reader.config.model_type, folder)

    def _parts(self) -> dict[str, Any]:
        return {
            "reader": self.reader,
            "head": self.head,
            "average": self._average,
            "optimiser": self._optimiser,
            "schedule": self._schedule,
        }


class Run:
    """A run in the folder `out`, begun anew or resumed from the checkpoint there.

    It ends when `clock` says so. It keeps a checkpoint, and each learner's averaged reader in a folder of its name.
    """

    def __init__(self, out: Path, learners: Mapping[str, Learner], clock: Clock) -> None:
        self.out = out
        self.learners = learners
        self.clock = clock
        self.pool = 0
        out.mkdir(parents=True, exist_ok=True)
        if self._checkpoint.exists():
            state = load_checkpoint(self._checkpoint)
            self.pool, clock.spent = state["pool"], state["spent"]
            for name, learner in learners.items():
                learner.load(state["learners"][name])

    @property
    def _checkpoint(self) -> Path:
        return self.out / "checkpoint.pt"

    def train(self, pools: Pools, losses: Losses, device: torch.device) -> None:
        """Learn from `pools`, beginning with the first that is unused, until the time is over; then save."""
        batches = (batch.to(device) for batch in self._batches(pools, device))
        saved = time.monotonic()
        logged: list[Mapping[str, Tensor]] = []
        for number, batch in enumerate(batches):
            if number == 0:
                self._rehearse(losses, batch)
            self.clock.tick()
            if self.clock.share >= 1:
                break
            with mixed_precision(device):
                values = losses(batch, self.clock.share)
            for name, value in values.items():
                self.learners[name].step(value)
            logged.append({name: value.detach() for name, value in values.items()})
            if len(logged) == _LOGGED:
                self._log(logged)
                logged.clear()
            if time.monotonic() - saved > _SAVED:
                self.save()
                saved = time.monotonic()
        if logged:
            self._log(logged)
        self.save()

    def save(self) -> None:
        """Write the checkpoint, and the averaged weights as complete readers."""
        learners = {name: learner.state() for name, learner in self.learners.items()}
        save_checkpoint({"learners": learners, "pool": self.pool, "spent": self.clock.spent}, self._checkpoint)
        for name, learner in self.learners.items():
            new = self.out / f"{name}.partial"
            learner.save(new)
            replace_folder(new, self.out / name)

    def _rehearse(self, losses: Losses, batch: Batch) -> None:
        """Process `batch` without learning: the first pass compiles, and its time does not count."""
        with mixed_precision(batch.ids.device):
            for value in losses(batch, self.clock.share).values():
                value.backward()  # type: ignore[no-untyped-call]
        for learner in self.learners.values():
            learner.forget()
        self.clock.start()

    def _batches(self, pools: Pools, device: torch.device) -> Iterator[Batch]:
        """Yield batches without end. With a GPU, other processes make them; with a CPU, which is slower, this one."""
        loader: DataLoader[list[Batch]] = DataLoader(
            pools,  # type: ignore[arg-type]  # has a Dataset's methods, but is not a subclass
            batch_size=None,
            sampler=itertools.count(self.pool),
            num_workers=max(1, (os.cpu_count() or 1) - 2) if device.type == "cuda" else 0,
        )
        for batches in loader:
            yield from batches
            self.pool += 1

    def _log(self, values: list[Mapping[str, Tensor]]) -> None:
        """Append a line to the log: minutes, the number of the current pool, and each learner's mean loss."""
        means = {name: round(float(torch.stack([each[name] for each in values]).mean()), 4) for name in self.learners}
        record = {"minutes": round(self.clock.spent / 60, 2), "pool": self.pool, "loss": means}
        with (self.out / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(record) + "\n")


def mixed_precision(device: torch.device) -> AbstractContextManager[Any]:
    """Return a context in which `device` computes in bfloat16, if it is fast at that."""
    return torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda" or has_bfloat16())


def prepared(reader: SpanReader, device: torch.device) -> SpanReader:
    """Return `reader` on `device`; on a GPU, with fused attention and compiled layers.

    Compiling one layer compiles all, because they share their code. Batches of all sizes and lengths share it, too.
    """
    if device.type == "cuda":
        reader.fuse()
        for layer in reader.layers:
            layer.compile(dynamic=True)
    reader.to(device)
    return reader


def default_device() -> torch.device:
    """Return the GPU if there is one, else the CPU."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")
