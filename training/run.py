"""A training run: the model, its optimiser and its average, taken up wherever it was stopped."""

import copy
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from transformers import AutoTokenizer

from index.encoder.sentence_transformer import has_bfloat16
from training.batches import Batch
from training.checkpoint import load_checkpoint, replace_folder, save_checkpoint
from training.losses import loss
from training.model import load_reader
from training.schedule import Average, Schedule, parameter_groups


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a run does.

    Args:
        init: folder of the encoder, or of the reader, to begin with.
        schedule: how many questions are read, and over how many of them the learning rate decays.
        rate: the learning rate of the output layer.
        per_layer: its factor for each layer below.
        dropout: probability of dropping an activation; pays once questions are read several times.
        seed: of the output layer's first weights, of dropout and of the data's order.
    """

    init: Path
    schedule: Schedule
    rate: float
    per_layer: float
    dropout: float
    seed: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands: the pool it reads, how many of its batches are done, and the inputs read in all."""

    pool: int = 0
    batch: int = 0
    rows: int = 0


class Run:
    """A run in the folder `out`, begun anew or taken up at the checkpoint there, on the GPU if there is one.

    The recipe is this command's also where a run is taken up, so that one on its plateau can be finished.
    """

    def __init__(self, recipe: Recipe, out: Path) -> None:
        self.recipe = recipe
        self.out = out
        self.out.mkdir(parents=True, exist_ok=True)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        torch.manual_seed(recipe.seed)
        self.model = load_reader(recipe.init, recipe.dropout).train()
        self.model.to(self.device)
        groups = parameter_groups(self.model, recipe.rate, recipe.per_layer)
        self.optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6, fused=True)
        self.average = Average(self.model)
        self.progress = Progress()
        if self.checkpoint.exists():
            self._resume()
        self._saved = time.monotonic()

    @property
    def checkpoint(self) -> Path:
        return self.out / "checkpoint.pt"

    def step(self, batch: Batch, position: float) -> Tensor:
        """Learn from `batch`, after `position` questions; return its loss, a scalar."""
        for group in self.optimiser.param_groups:
            group["lr"] = group["peak"] * self.recipe.schedule.factor(position)
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.device.type == "cuda" or has_bfloat16()):
            value = loss(self.model, batch.to(self.device))
        value.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), max_norm=1.0)
        self.optimiser.step()
        self.optimiser.zero_grad()
        self.average.update(self.model, int(batch.groups[-1]) + 1)
        return value.detach()

    def save(self) -> None:
        """Write the checkpoint, and the averaged weights as a reader in `model/` that can be used at once."""
        save_checkpoint(self._state(), self.checkpoint)
        new = self.out / "model.partial"
        averaged = copy.deepcopy(self.model)
        averaged.load_state_dict(self.average.weights, strict=False)
        averaged.save_pretrained(new)
        AutoTokenizer.from_pretrained(self.recipe.init).save_pretrained(new)
        replace_folder(new, self.out / "model")
        self._saved = time.monotonic()

    def minutes_unsaved(self) -> float:
        """Return how long ago the run was saved, or begun."""
        return (time.monotonic() - self._saved) / 60

    def _state(self) -> dict[str, Any]:
        return {
            "trained": {name: p.detach() for name, p in self.model.named_parameters() if p.requires_grad},
            "average": self.average.weights,
            "optimiser": self.optimiser.state_dict(),
            "random": torch.get_rng_state(),
            "random_device": torch.cuda.get_rng_state_all() if self.device.type == "cuda" else [],
            "progress": asdict(self.progress),
        }

    def _resume(self) -> None:
        state = load_checkpoint(self.checkpoint)
        self.model.load_state_dict(state["trained"], strict=False)
        self.average.weights = {name: weight.to(self.device) for name, weight in state["average"].items()}
        wanted = [{k: v for k, v in group.items() if k != "params"} for group in self.optimiser.param_groups]
        self.optimiser.load_state_dict(state["optimiser"])
        for group, settings in zip(self.optimiser.param_groups, wanted, strict=True):
            group.update(settings)
        torch.set_rng_state(state["random"])
        if self.device.type == "cuda" and state["random_device"]:
            torch.cuda.set_rng_state_all(state["random_device"])
        self.progress = Progress(**state["progress"])
