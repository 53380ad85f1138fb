"""The manifest of a derived index, with the generation and the checksums of its files."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

import xxhash

MANIFEST = "manifest"

_BLOCK = 1 << 20
"""Bytes read in one call."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The state of the files of an index.

    Attributes:
        format: number of the file format. It increases with every change to it, so that older files are rebuilt.
        generation: generation of the database that the files reflect; 0 if they are empty.
        checksums: file name → 128-bit XXH3; empty while the files are being changed.
    """

    format: int
    generation: int = 0
    checksums: Mapping[str, str] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Write the manifest into `folder` atomically."""
        body = json.dumps(asdict(self))
        unfinished = folder / f"{MANIFEST}.unfinished"
        unfinished.write_text(f"{_checksum(body.encode())} {body}", encoding="ascii")
        unfinished.replace(folder / MANIFEST)


def read_manifest(folder: Path, expected_format: int) -> Manifest:
    """Return the manifest in `folder`.

    Raises:
        OSError: the folder has no manifest.
        ValueError: the manifest is damaged, or the files have another format.
    """
    checksum, _, body = (folder / MANIFEST).read_text(encoding="ascii").partition(" ")
    if checksum != _checksum(body.encode()):
        raise ValueError(f"{folder / MANIFEST} is damaged")
    fields = json.loads(body)
    if fields["format"] != expected_format:
        raise ValueError(f"{folder} is of format {fields['format']}, not {expected_format}")
    return Manifest(**fields)


def check_files(folder: Path, manifest: Manifest) -> None:
    """Read every file in the manifest and compare its checksum.

    Raises:
        OSError: a file is missing.
        ValueError: a file is damaged.
    """
    for name, checksum in manifest.checksums.items():
        if checksum_of(folder / name) != checksum:
            raise ValueError(f"{folder / name} is damaged")


def checksum_of(file: Path) -> str:
    """Return the 128-bit XXH3 of the file as 32 hexadecimal digits."""
    digest = xxhash.xxh3_128()
    block = memoryview(bytearray(_BLOCK))
    with file.open("rb", buffering=0) as bytes_of_file:
        while count := bytes_of_file.readinto(block):
            digest.update(block[:count])
    return digest.hexdigest()


def _checksum(data: bytes) -> str:
    return xxhash.xxh3_128_hexdigest(data)
