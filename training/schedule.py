"""The learning-rate schedule, and the moving average of the weights."""

import time
from collections.abc import Callable, Iterator

import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel

from training.model import SpanReader

_WARM_UP = 0.06
"""Share of a run over which the learning rate rises to its peak."""

_WEIGHT_DECAY = 0.01
"""Weight decay of matrices; biases and the scales of layer normalisation have none."""


Tensors = list[Tensor] | tuple[Tensor, ...]


class Clock:
    """Measures how much of a run's time is over, through interruptions.

    Args:
        minutes: length of the run.
        now: returns seconds since any fixed moment.

    Attributes:
        spent: seconds of the run that are over.
    """

    def __init__(self, minutes: float, now: Callable[[], float] = time.monotonic) -> None:
        self.spent = 0.0
        self._seconds = 60 * minutes
        self._now = now
        self._seen = now()

    def start(self) -> None:
        """Start counting; time before this, such as that of compiling, does not count."""
        self._seen = self._now()

    def tick(self) -> None:
        """Add the time since the last tick, or the start, to `spent`."""
        now = self._now()
        self.spent += now - self._seen
        self._seen = now

    @property
    def share(self) -> float:
        """The share of the run that is over, in [0, 1]."""
        return min(1.0, self.spent / self._seconds)


def factor(share: float) -> float:
    """Return the learning rate as a part of its peak, after `share` of a run: warm-up, then linear decay to 0.

    >>> [factor(share) for share in (0.0, 0.03, 0.06, 0.53, 1.0)]
    [0.0, 0.5, 1.0, 0.5, 0.0]
    """
    return min(share / _WARM_UP, (1 - share) / (1 - _WARM_UP))


def falling(share: float, end: float = 0.7) -> float:
    """Return a factor that falls linearly from 1 at the beginning of a run to 0 at `end`, a share of it.

    >>> [falling(share) for share in (0.0, 0.35, 0.9)]
    [1.0, 0.5, 0.0]
    """
    return max(0.0, 1 - share / end)


def parameter_groups(model: SpanReader, peak: float, per_layer: float) -> Iterator[dict[str, object]]:
    """Yield the optimiser's groups: the output layers learn at `peak`, each layer at `per_layer` of the one above.

    Layer-wise rates (Howard & Ruder, 2018) preserve what the lower layers learnt in pre-training.
    """
    below = [nn.ModuleList(model.below), *model.layers]
    for depth, layer in enumerate([nn.ModuleList([model.qa_outputs, model.relevance]), *reversed(below)]):
        for decayed in (True, False):
            chosen = [p for p in layer.parameters() if (p.ndim > 1) is decayed]
            if chosen:
                weight_decay = _WEIGHT_DECAY if decayed else 0.0
                yield {"params": chosen, "lr": peak * per_layer**depth, "weight_decay": weight_decay}


def averaged(model: SpanReader, decay: float) -> AveragedModel:
    """Return the exponential moving average (EMA) of the weights of `model`, which is more accurate than they are.

    `decay`, in [0, 1), is the weight of the old average in each step. It is less at first, so that the average soon
    forgets the initial weights.
    """

    @torch.no_grad()
    def move(averages: Tensors, current: Tensors, updates: Tensor | int) -> None:
        count = int(updates)
        torch._foreach_lerp_(averages, current, 1 - min(decay, (1 + count) / (10 + count)))

    return AveragedModel(model, multi_avg_fn=move)
