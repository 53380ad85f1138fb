"""Export a reader: `python -m training.export MODEL_FOLDER OUT_FOLDER`.

Writes what the product ships: `reader.onnx` with 8-bit weights, `tokenizer.json`, and the SHA-256 of both. The model
may have either architecture of `training.model`. To measure the cost of quantisation, run `python -m evaluation.reader
FILE --reader FOLDER` on both folders.
"""

import argparse
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random

import onnx
import torch
from torch import Tensor

from evaluation.squad import read_corpus
from qa.reading.load import seal
from qa.reading.network import NETWORK
from qa.reading.tokens import Inputs, PairTokenizer, padded
from training.graph import EightBitGraph, Widths, layers, network
from training.model import SpanReader, load_reader

_TYPICAL = 100
"""Questions over which the width of each channel is measured before quantisation."""

_TINY = 1e-5
"""Least width of a channel, so that a channel that is always 0 causes no division by 0."""


def widths(model: SpanReader, inputs: Iterable[Inputs]) -> Widths:
    """Return the largest absolute value, over `inputs`, of each channel that `training.graph.network` equalises."""
    measured = [part for layer in layers(model) for part in (layer.query, layer.output, layer.up)]
    largest: dict[torch.nn.Module, Tensor] = {part: torch.full((part.in_features,), _TINY) for part in measured}

    def note(part: torch.nn.Module, given: tuple[Tensor, ...]) -> None:
        largest[part] = torch.maximum(largest[part], given[0].abs().flatten(0, -2).amax(0))

    hooks = [part.register_forward_pre_hook(note) for part in measured]
    with torch.inference_mode():
        for one in inputs:
            model(*map(torch.from_numpy, (one.ids, one.types, one.attended)))
    for hook in hooks:
        hook.remove()
    return {part: tensor.numpy() for part, tensor in largest.items()}


def typical(file: Path, tokenizer: PairTokenizer) -> Iterator[Inputs]:
    """Return _TYPICAL questions of `file`, each with its paragraph, as inputs."""
    corpus = read_corpus([file])
    for question in Random(0).sample(corpus.questions, min(_TYPICAL, len(corpus.questions))):
        yield padded(tokenizer.windows(question.text, corpus.paragraphs[question.paragraph].text)[:1])


def main(arguments: Sequence[str] | None = None) -> None:
    """Export a reader to ONNX with 8-bit weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="folder of a reader that training.distil wrote")
    parser.add_argument("out", type=Path, help="folder for the files to ship")
    parser.add_argument(
        "--typical", type=Path, default=Path("../shared/data/squad-train.json.gz"), help=typical.__doc__
    )
    chosen = parser.parse_args(arguments)
    chosen.out.mkdir(parents=True, exist_ok=True)
    model = load_reader(chosen.model).train(False)
    measured = widths(model, typical(chosen.typical, PairTokenizer.of(chosen.model)))
    exported = network(model, measured, EightBitGraph())
    onnx.checker.check_model(exported)
    onnx.save(exported, chosen.out / NETWORK)
    shutil.copyfile(chosen.model / "tokenizer.json", chosen.out / "tokenizer.json")
    seal(chosen.out)
    print(f"{(chosen.out / NETWORK).stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
