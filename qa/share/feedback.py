"""Ratings of answers, kept on the user's machine and nowhere else."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import platformdirs

from index import CitedError, UnusableCollection
from index.folder.lock import Lock
from qa.answer import Answer
from qa.share.lines import append, values


class LostRating(CitedError):
    """A rating that could not be kept."""


def feedback_file() -> Path:
    """Return the file in the user's data folder to which ratings are appended, one JSON object a line."""
    return platformdirs.user_data_path("cited") / "feedback.jsonl"


def rate(answer: Answer, *, useful: bool) -> None:
    """Record whether somebody found `answer` useful. Several processes may do so at once.

    Raises:
        LostRating: the file cannot be written, or another process has been writing to it for a minute.
    """
    rating = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "useful": useful, "answer": answer.to_dict()}
    file = feedback_file()
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with Lock(file.parent).held():
            append(file, rating)
    except OSError as error:
        raise LostRating(f"The rating was not kept: {file} cannot be written ({error.strerror}).") from error
    except UnusableCollection as error:
        raise LostRating(f"The rating was not kept: {error}") from error


def rated_quotes() -> list[dict[str, Any]]:
    """Return the quotes of all answers that were rated, as `Citation.to_dict` makes them, each once."""
    quotes: dict[tuple[str, int, int], dict[str, Any]] = {}
    for rating in values(feedback_file()):
        with suppress(LookupError, TypeError):  # an earlier version kept other things
            for quote in (*rating["answer"]["citations"], *rating["answer"]["items"]):
                quotes[quote["document"], quote["start"], quote["end"]] = quote
    return list(quotes.values())
