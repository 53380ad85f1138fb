"""The reader's two architectures, BERT and MPNet, with one interface."""

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import (
    AutoConfig,
    BertConfig,
    BertForQuestionAnswering,
    MPNetConfig,
    MPNetForQuestionAnswering,
    PreTrainedModel,
)
from transformers.models.mpnet.modeling_mpnet import MPNetSelfAttention
from transformers.utils.logging import disable_progress_bar, set_verbosity_error

NEVER = -1e4
"""Logit of what is impossible; finite, because the gradient of a softmax over -inf alone is NaN."""


class SpanReader(PreTrainedModel):  # type: ignore[misc]  # transformers is untyped to mypy
    """A span reader (Devlin et al., 2019) that also says how relevant a passage is to a question.

    Start and end logits come from every token, relevance from the first token (Nogueira & Cho, 2019). Relevance has its
    own output, because a passage may be on a question's topic without answering it.
    """

    qa_outputs: nn.Linear
    relevance: nn.Linear

    def forward(self, ids: Tensor, types: Tensor, attended: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return the logits of starts and of ends, (rows, tokens) each, and of relevance, (rows,).

        Args:
            ids: (rows, tokens) int64. A row's first token is [CLS], whose logits mean "not answered here".
            types: the same shape; 0 for the question, 1 for the passage.
            attended: the same shape; 0 for padding, else 1.
        """
        return self.read_off(self.states(ids, types, attended)[-1])

    def states(self, ids: Tensor, types: Tensor, attended: Tensor) -> list[Tensor]:
        """Return the embeddings and the output of each layer, (rows, tokens, width) each."""
        states = [self.embedded(ids, types)]
        mask = self.bias(states[0]) + NEVER * (1 - attended[:, None, None, :].to(states[0].dtype))
        for layer in self.layers:
            output = layer(states[-1], attention_mask=mask)
            states.append(output[0] if isinstance(output, tuple) else output)
        return states

    def read_off(self, last: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return the result of `forward`, given the output of the last layer."""
        start, end = self.qa_outputs(last).unbind(dim=-1)
        return start, end, self.relevance(last[:, 0]).squeeze(-1)

    @property
    def layers(self) -> nn.ModuleList:
        """The encoder's layers, first to last."""
        layers: nn.ModuleList = self.base_model.encoder.layer
        return layers

    @property
    def below(self) -> list[nn.Module]:
        """The modules below the layers that are trained with them."""
        return [self.base_model.embeddings]

    def keep(self, layers: Sequence[int]) -> None:
        """Keep only the layers with these numbers, counted from 0."""
        self.base_model.encoder.layer = nn.ModuleList([self.layers[number] for number in layers])
        self.config.num_hidden_layers = len(layers)

    def embedded(self, ids: Tensor, types: Tensor) -> Tensor:
        """Return the embeddings of the tokens at their places, (rows, tokens, width)."""
        raise NotImplementedError

    def bias(self, states: Tensor) -> Tensor | float:
        """Return the bias added to attention between any two positions, whatever their tokens."""
        return 0.0

    def fuse(self) -> None:
        """Compute attention as one product: faster on a GPU, slower on a CPU. ONNX's exporter does not support it."""
        raise NotImplementedError


class BertReader(SpanReader, BertForQuestionAnswering):  # type: ignore[misc]
    """BERT as a span reader."""

    def __init__(self, config: BertConfig) -> None:
        BertForQuestionAnswering.__init__(self, config)
        self.relevance = nn.Linear(config.hidden_size, 1)
        self.post_init()

    def embedded(self, ids: Tensor, types: Tensor) -> Tensor:
        """Return the embeddings of the tokens at their places, (rows, tokens, width)."""
        embedded: Tensor = self.bert.embeddings(input_ids=ids, token_type_ids=types)
        return embedded

    def fuse(self) -> None:
        """Compute attention as one product."""
        self.set_attn_implementation("sdpa")


class MPNetReader(SpanReader, MPNetForQuestionAnswering):  # type: ignore[misc]
    """MPNet (Song et al., 2020) as a span reader. It has no token types; its positions begin at 2."""

    def __init__(self, config: MPNetConfig) -> None:
        MPNetForQuestionAnswering.__init__(self, config)
        self.relevance = nn.Linear(config.hidden_size, 1)
        self.post_init()

    @property
    def below(self) -> list[nn.Module]:
        """The modules below the layers that are trained with them."""
        return [*super().below, self.mpnet.encoder.relative_attention_bias]

    def embedded(self, ids: Tensor, types: Tensor) -> Tensor:
        """Return the embeddings of the tokens at their places, (rows, tokens, width)."""
        positions = torch.arange(ids.shape[1], device=ids.device) + self.mpnet.embeddings.padding_idx + 1
        embedded: Tensor = self.mpnet.embeddings(input_ids=ids, position_ids=positions[None])
        return embedded

    def bias(self, states: Tensor) -> Tensor:
        """Return the relative position bias of attention, (1, heads, tokens, tokens)."""
        bias: Tensor = self.mpnet.encoder.compute_position_bias(states[:1])
        return bias

    def fuse(self) -> None:
        """Compute attention as one product."""
        for number in range(len(self.layers)):
            attention = self.layers.get_submodule(f"{number}.attention")
            fused = _FusedAttention(self.config)
            fused.load_state_dict(attention.get_submodule("attn").state_dict())
            attention.set_submodule("attn", fused)


class _FusedAttention(MPNetSelfAttention):  # type: ignore[misc]
    """MPNet's attention as one product; the relative position bias comes with the mask."""

    def forward(
        self, hidden_states: Tensor, attention_mask: Tensor, position_bias: None = None, **_: object
    ) -> tuple[Tensor]:
        split = (*hidden_states.shape[:-1], -1, self.attention_head_size)
        query, key, value = (part(hidden_states).view(split).transpose(1, 2) for part in (self.q, self.k, self.v))
        attended = nn.functional.scaled_dot_product_attention(
            query,
            key,
            value,
            attention_mask.to(query.dtype).expand(len(hidden_states), -1, -1, -1),
            self.dropout.p if self.training else 0.0,
        )
        return (self.o(attended.transpose(1, 2).flatten(2)),)


KINDS: dict[str, type[SpanReader]] = {"bert": BertReader, "mpnet": MPNetReader}
"""The reader's class for each model type of transformers."""


class UnknownArchitecture(ValueError):
    """The model in a folder has an architecture that no reader uses."""


def load_reader(folder: Path, dropout: float = 0.0) -> SpanReader:
    """Return the span reader with the weights in `folder`, ready to be trained.

    Args:
        folder: a reader, or an encoder, which gets new output layers.
        dropout: probability of dropping an activation, in [0, 1).

    Raises:
        UnknownArchitecture: the model is neither BERT nor MPNet.
    """
    disable_progress_bar()
    set_verbosity_error()  # it would warn about the new output layers of an encoder
    kind = AutoConfig.from_pretrained(folder).model_type
    if kind not in KINDS:
        raise UnknownArchitecture(
            f"{folder} holds a model of the kind {kind!r}; a reader is made of {' or '.join(KINDS)}."
        )
    model: SpanReader = KINDS[kind].from_pretrained(
        folder,
        dtype=torch.float32,
        attn_implementation="eager",
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
    )
    return model
