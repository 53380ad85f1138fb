"""How many questions may be asked in a minute."""

import threading
import time
from collections import deque

from index import CitedError

_MINUTE = 60.0


class TooManyQuestions(CitedError):
    """More questions were asked within a minute than there may be.

    Args:
        most: the number that may be asked.
        seconds: time until the next may be asked.
    """

    def __init__(self, most: int, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"You may ask {most} questions a minute, and have asked them; ask again in {seconds} s.")


class Pace:
    """The questions of one session, of which at most `most` may be asked within any minute."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._times: deque[float] = deque(maxlen=most)
        self._threads = threading.Lock()

    def count(self) -> None:
        """Count a question.

        Raises:
            TooManyQuestions: it is one too many. It is then not counted.
        """
        with self._threads:
            now = time.monotonic()
            if len(self._times) == self._most and (wait := self._times[0] + _MINUTE - now) > 0:
                raise TooManyQuestions(self._most, int(wait) + 1)
            self._times.append(now)
