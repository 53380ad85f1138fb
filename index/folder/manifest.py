"""The manifest of a derived index: of which generation its files are, and that they are still as they were written."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

import xxhash

MANIFEST = "manifest"

_BLOCK = 1 << 20
"""Bytes read at once."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is known of the files of an index.

    Attributes:
        format: of the files; raised when their making changes, so that an older version's are made again.
        generation: the last of the database's changes that stands in them, 0 when none does.
        checksums: the 128-bit XXH3 of each file, by name; none while the files are being changed.
    """

    format: int
    generation: int = 0
    checksums: Mapping[str, str] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Put the manifest into `folder` in one step."""
        body = json.dumps(asdict(self))
        unfinished = folder / f"{MANIFEST}.unfinished"
        unfinished.write_text(f"{_checksum(body.encode())} {body}", encoding="ascii")
        unfinished.replace(folder / MANIFEST)


def read_manifest(folder: Path, expected_format: int) -> Manifest:
    """Return the manifest in `folder`.

    Raises:
        OSError: there is none.
        ValueError: it is damaged, or the files are of another format.
    """
    checksum, _, body = (folder / MANIFEST).read_text(encoding="ascii").partition(" ")
    if checksum != _checksum(body.encode()):
        raise ValueError(f"{folder / MANIFEST} is damaged")
    fields = json.loads(body)
    if fields["format"] != expected_format:
        raise ValueError(f"{folder} is of format {fields['format']}, not {expected_format}")
    return Manifest(**fields)


def check_files(folder: Path, manifest: Manifest) -> None:
    """Read every file that the manifest vouches for.

    Raises:
        OSError: one is missing.
        ValueError: one is not as it was written.
    """
    for name, checksum in manifest.checksums.items():
        if checksum_of(folder / name) != checksum:
            raise ValueError(f"{folder / name} is damaged")


def checksum_of(file: Path) -> str:
    """Return the file's checksum."""
    digest = xxhash.xxh3_128()
    block = memoryview(bytearray(_BLOCK))
    with file.open("rb", buffering=0) as bytes_of_file:
        while count := bytes_of_file.readinto(block):
            digest.update(block[:count])
    return digest.hexdigest()


def _checksum(data: bytes) -> str:
    return xxhash.xxh3_128_hexdigest(data)
