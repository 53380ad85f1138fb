"""The reader: finds, in each excerpt, the span that answers a question best, and says how surely."""

from collections.abc import Sequence

from qa.reading.calibration import UNCALIBRATED, Calibration
from qa.reading.finding import Excerpt, Finding, look, look_again
from qa.reading.network import Network


class Reader:
    """A span network and what its findings are worth. Any number of threads may use one reader.

    Args:
        network: marks spans.
        calibration: fitted to the network by `training.calibrate`.
    """

    def __init__(self, network: Network, calibration: Calibration = UNCALIBRATED) -> None:
        self.network = network
        self.calibration = calibration

    def skim(self, question: str, excerpts: Sequence[Excerpt]) -> list[Finding]:
        """Return the best span of each of `excerpts`, in their order, from one look at it."""
        return [look(self.network, question, excerpt).finding for excerpt in excerpts]

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[Finding]:
        """Return the best span of each of `excerpts`, in their order, from two looks (see `look_again`)."""
        return [look_again(self.network, look(self.network, question, excerpt)) for excerpt in excerpts]
