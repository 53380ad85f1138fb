"""The reader: finds the span of each excerpt that answers a question best, and says how likely it is to answer."""

from collections.abc import Sequence

from qa.reading.calibration import UNCALIBRATED, Calibration
from qa.reading.excerpt import Excerpt
from qa.reading.finding import Finding, look, look_again
from qa.reading.network import Network


class Reader:
    """A span network with its calibration. Any number of threads may use one reader.

    Args:
        network: gives logits for a question and a passage.
        calibration: fitted to the network by `training.calibrate`.
    """

    def __init__(self, network: Network, calibration: Calibration = UNCALIBRATED) -> None:
        self.network = network
        self.calibration = calibration

    def skim(self, question: str, excerpts: Sequence[Excerpt]) -> list[Finding]:
        """Look at each of `excerpts` once.

        Args:
            question: its first 96 tokens are read.
            excerpts: the texts to search.

        Returns:
            The best span of each excerpt, in their order.
        """
        return [look(self.network, question, excerpt).finding for excerpt in excerpts]

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[Finding]:
        """Look at each of `excerpts` twice (see `look_again`).

        Args:
            question: its first 96 tokens are read.
            excerpts: the texts to search.

        Returns:
            The best span of each excerpt, in their order.
        """
        return [look_again(self.network, look(self.network, question, excerpt)) for excerpt in excerpts]
