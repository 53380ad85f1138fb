"""How fast to learn when, and how the weights are averaged."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel

WARM_UP = 4096
"""Questions over which the learning rate rises to its plateau."""

AVERAGED = 4096
"""Questions over which the weights' moving average forgets all but 1/e."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Warm-up, plateau, decay: a run's length need not be known until its last `decay` questions.

    The decay to nothing follows 1 - sqrt (Hägele et al., 2024): any checkpoint of the plateau can be finished by a
    short decay, or be trained on.
    """

    questions: int
    decay: int

    @property
    def plateau_end(self) -> int:
        return self.questions - self.decay

    def factor(self, position: float) -> float:
        """Return the part of the peak learning rate to use after `position` questions, in [0, 1].

        >>> schedule = Schedule(questions=20_000, decay=4_000)
        >>> [schedule.factor(at) for at in (1024, 8_000, 16_000, 17_000, 20_000)]
        [0.25, 1.0, 1.0, 0.5, 0.0]
        """
        decayed = max(0.0, position - self.plateau_end) / max(1, self.decay)
        return min(1.0, position / WARM_UP) * max(0.0, 1 - math.sqrt(decayed))


def parameter_groups(model: PreTrainedModel, peak: float, per_layer: float) -> Iterator[dict[str, object]]:
    """Yield the optimiser's groups: the output layers learn at `peak`, each layer below at `per_layer` of the next.

    Layer-wise rates (Howard & Ruder, 2018) keep what pre-training put into the lower layers. Biases and the scales of
    layer normalisation are not decayed.
    """
    below = [model.get_submodule("bert.embeddings"), *model.get_submodule("bert.encoder.layer").children()]
    layers = [nn.ModuleList([model.get_submodule("qa_outputs"), model.get_submodule("relevance")]), *reversed(below)]
    for depth, layer in enumerate(layers):
        for decayed in (True, False):
            chosen = [p for p in layer.parameters() if p.requires_grad and (p.ndim > 1) is decayed]
            if chosen:
                rate = peak * per_layer**depth
                yield {"params": chosen, "lr": rate, "peak": rate, "weight_decay": 0.01 if decayed else 0.0}


class Average:
    """The exponential moving average of a model's trained weights, which reads better than the weights themselves."""

    def __init__(self, model: nn.Module) -> None:
        self.weights: dict[str, Tensor] = {
            n: p.detach().clone() for n, p in model.named_parameters() if p.requires_grad
        }

    @torch.no_grad()
    def update(self, model: nn.Module, questions: int) -> None:
        """Move towards the weights of `model`, which has just read `questions` more."""
        share = min(1.0, questions / AVERAGED)
        current = dict(model.named_parameters())
        torch._foreach_lerp_(list(self.weights.values()), [current[name].detach() for name in self.weights], share)
