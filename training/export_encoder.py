"""Export the packaged encoder's question side: `python -m training.export_encoder`.

Writes `index/question.onnx`, the network without its weights. Where the network runs, the weights come from the model's
own package. Nothing is written unless its vectors agree with those of sentence-transformers.
"""

import sys

import onnx
import torch
from onnx import ModelProto, TensorProto
from sentence_transformers import SentenceTransformer
from torch import Tensor, nn
from transformers import BertModel

from index.encoder.packaged import MODEL_FOLDER, QUESTION_NETWORK, WEIGHTS, QuestionEncoder, load_weights

_AGREEMENT = 0.9999
"""Least cosine between a question's vector and the one from sentence-transformers."""

_QUESTIONS = (
    "Who?",
    "who opened the conference?",
    "¿Qué dijo el señor Ümit Özdağ 🚉?",
    "What did they say, and why? " * 60,
)


class _QuestionSide(BertModel):  # type: ignore[misc]  # transformers is not typed
    """From token ids to the mean of the last layer's outputs, normalised to unit length."""

    def forward(self, input_ids: Tensor) -> Tensor:
        hidden = super().forward(input_ids=input_ids, attention_mask=torch.ones_like(input_ids)).last_hidden_state
        return nn.functional.normalize(hidden.mean(dim=1), dim=1)


def exported() -> ModelProto:
    """Return the network for one question of 2 to 512 tokens; its weights are named, but not included."""
    model = _QuestionSide.from_pretrained(
        MODEL_FOLDER, dtype=torch.float32, attn_implementation="eager", add_pooling_layer=False
    )
    program = torch.onnx.export(
        model.train(False),
        (torch.ones(1, 8, dtype=torch.int64),),
        dynamo=True,
        optimize=False,  # optimisation would rearrange weights, and so put them into the file
        dynamic_shapes=({1: torch.export.Dim("tokens", min=2, max=512)},),
        input_names=["input_ids"],
        output_names=["vector"],
    )
    assert program is not None
    network = program.model_proto
    left_out = load_weights().keys()
    for tensor in network.graph.initializer:
        if tensor.name in left_out:
            tensor.ClearField("raw_data")
            tensor.data_location = TensorProto.EXTERNAL
            tensor.external_data.add(key="location", value=WEIGHTS)
    for node in network.graph.node:
        node.ClearField("metadata_props")  # the place in torch's source that the node came from
    return network


def agreement(encoder: QuestionEncoder) -> float:
    """Return the least cosine, over _QUESTIONS, between vectors of `encoder` and of sentence-transformers."""
    other = SentenceTransformer(str(MODEL_FOLDER)).encode_query(list(_QUESTIONS), normalize_embeddings=True)
    return min(float(encoder.encode(question) @ vector) for question, vector in zip(_QUESTIONS, other, strict=True))


def main() -> None:
    """Export and compare; replace the old network only if they agree."""
    unproven = QUESTION_NETWORK.with_suffix(".unproven")
    onnx.save(exported(), unproven)
    cosine = agreement(QuestionEncoder(unproven))
    if cosine < _AGREEMENT:
        unproven.unlink()
        sys.exit(f"The exported network disagrees with sentence-transformers: cosine {cosine:.6f}, not {_AGREEMENT}.")
    unproven.replace(QUESTION_NETWORK)
    print(f"{QUESTION_NETWORK}: {QUESTION_NETWORK.stat().st_size / 1000:.0f} kB, cosine at least {cosine:.6f}")


if __name__ == "__main__":
    main()
