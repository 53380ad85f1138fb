"""The identity of a model: a digest of its configuration and weights, wherever its files are."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.digest import sha256
from index.encoder.base import Encoder
from index.errors import OtherModel

_CONFIGURATION = frozenset({".json", ".txt", ".model"})
_WEIGHTS, _OLDER_WEIGHTS = ".safetensors", ".bin"


@dataclass(frozen=True, slots=True)
class Identity:
    """The identity of a model. Two models are the same if their digests are, or, if one is unknown, their names.

    Attributes:
        name: the name that was typed.
        digest: the digest, as `digest_of` returns it; empty if it is not known.
    """

    name: str
    digest: str

    @classmethod
    def of(cls, encoder: Encoder) -> "Identity":
        """Return the identity of an encoder's model."""
        return cls(encoder.name, encoder.digest)

    def is_that_of(self, other: "Identity") -> bool:
        """Return whether both are the same model."""
        if self.digest and other.digest:
            return self.digest == other.digest
        return self.name == other.name

    def check(self, encoder: Encoder, place: str, elsewhere: str) -> None:
        """Check that this model, which made the collection at `place`, is that of `encoder`.

        Raises:
            OtherModel: it is another one. `elsewhere` names where the documents can go instead.
        """
        other = Identity.of(encoder)
        if self.is_that_of(other):
            return
        if self.name == other.name:
            raise OtherModel(
                f"{place} was made when the model {self.name!r} had other weights or settings (SHA-256"
                f" {self.digest[:12]}…, now {other.digest[:12]}…); put those back, or add the documents to {elsewhere}."
            )
        raise OtherModel(
            f"{place} was made with the model {self.name!r} and cannot be searched with {other.name!r};"
            f" set CITED_MODEL={self.name} or add the documents to {elsewhere}."
        )


def digest_of(folder: Path) -> str:
    """Return the SHA-256 of the model in `folder` as 64 hexadecimal digits. It does not depend on the folder's place.

    It covers the weights, the settings and the vocabulary, and no other files, such as a description. The digest of
    each file is cached (see `index.digest.sha256`).

    Raises:
        OSError: a file cannot be read.
    """
    whole = hashlib.sha256()
    for file in _files(folder):
        whole.update(f"{file.relative_to(folder).as_posix()} {sha256(file)}\n".encode())
    return whole.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    suffixes = {file.suffix for file in files}
    weights = _WEIGHTS if _WEIGHTS in suffixes else _OLDER_WEIGHTS
    yield from (file for file in files if file.suffix == weights or file.suffix in _CONFIGURATION)
