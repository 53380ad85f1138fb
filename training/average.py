"""Average readers: `python -m training.average READER READER… --out FOLDER`.

Readers that were finished from one plateau in different ways lie in one basin, and the mean of their weights reads
about as well as each does what it was finished for (Wortsman et al., 2022).
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch
from transformers import AutoTokenizer

from training.model import load_reader


def average(readers: Sequence[Path], out: Path) -> None:
    """Write the reader whose weights are the means of those of `readers`, folders of readers, to the folder `out`."""
    models = [load_reader(reader) for reader in readers]
    weights = [model.state_dict() for model in models]
    mean = {name: torch.stack([each[name].float() for each in weights]).mean(dim=0) for name in weights[0]}
    models[0].load_state_dict({name: weight.to(weights[0][name].dtype) for name, weight in mean.items()})
    models[0].save_pretrained(out)
    AutoTokenizer.from_pretrained(readers[0]).save_pretrained(out)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readers", type=Path, nargs="+", help="folders of readers of one shape")
    parser.add_argument("--out", type=Path, required=True, help="folder of their average")
    chosen = parser.parse_args(arguments)
    average(chosen.readers, chosen.out)


if __name__ == "__main__":
    main()
