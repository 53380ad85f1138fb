"""Average readers: `python -m training.average READER READER… --out FOLDER`.

Readers that were finished from one plateau in different ways lie in one basin, and the mean of their weights reads
about as well as each does what it was finished for (Wortsman et al., 2022).
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from transformers import AutoTokenizer

from training.model import load_reader


def average(readers: Sequence[Path], out: Path) -> None:
    """Write the reader whose weights are the means of those of `readers`, folders of readers, to the folder `out`.

    What some of them lack, as those do that were trained before there was an output for relevance, is the others' mean.
    The first has to be whole.
    """
    weights = [load_file(reader / "model.safetensors") for reader in readers]
    model = load_reader(readers[0])
    mean = {
        name: torch.stack([each[name].float() for each in weights if name in each]).mean(dim=0) for name in weights[0]
    }
    model.load_state_dict(mean)
    model.save_pretrained(out)
    AutoTokenizer.from_pretrained(readers[0]).save_pretrained(out)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readers", type=Path, nargs="+", help="folders of readers of one shape")
    parser.add_argument("--out", type=Path, required=True, help="folder of their average")
    chosen = parser.parse_args(arguments)
    average(chosen.readers, chosen.out)


if __name__ == "__main__":
    main()
