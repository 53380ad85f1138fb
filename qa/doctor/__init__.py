"""What may keep Cited from working on this machine, and how to mend it."""

from collections.abc import Iterator

from qa.doctor.diagnosis import Diagnosis
from qa.doctor.documents import examine_collection
from qa.doctor.installation import examine_models, examine_packages, examine_processor, examine_tools
from qa.doctor.machine import examine_disk, examine_folders, examine_port, examine_proxies

__all__ = ["Diagnosis", "examine"]


def examine(address: str | None = None, port: int | None = None) -> Iterator[Diagnosis]:
    """Look at the installation, the machine and a collection. Nothing is changed or mended.

    Args:
        address: the collection to look at; by default the one that the page serves, if there is one yet.
        port: the port on which to serve; by default the first free one is taken.

    Yields:
        A diagnosis for all that is sound, worth a note, or wrong.
    """
    yield from examine_packages()
    yield from examine_models()
    yield from examine_processor()
    yield from examine_tools()
    yield from examine_folders()
    yield from examine_disk(address)
    yield from examine_port(port)
    yield from examine_proxies()
    yield from examine_collection(address)
