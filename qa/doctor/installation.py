"""The examination of what is installed: packages, models, the processor, and programs that some work needs."""

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from index import CitedError
from index.encoder.packaged import MODEL_FOLDER, QUESTION_NETWORK, check_weights
from qa.doctor.diagnosis import Diagnosis, note, sound, wrong
from qa.reading.load import LARGE, SMALL, check_files
from qa.reading.network import NETWORK, UnusableReader

_CPU = Path("/proc/cpuinfo")

_PROGRAMS = {
    "tesseract": "recognises the text of scanned pages (`cited add --ocr`); install it with: apt install tesseract-ocr",
    "chromium": "is needed for the page's own tests alone; install it with: apt install chromium",
}


def examine_packages() -> Iterator[Diagnosis]:
    """Compare Python and the installed packages with what Cited needs."""
    version = metadata.version("cited")
    bad = list(filter(None, map(_unfit, metadata.requires("cited") or ())))
    yield from map(wrong, bad)
    if not bad:
        yield sound(f"Cited {version} on Python {platform.python_version()}; all packages are as it needs them.")


def examine_models() -> Iterator[Diagnosis]:
    """Compare the models' files with their hashes."""
    reader = os.environ.get("CITED_READER", "")
    model = os.environ.get("CITED_MODEL", "")
    try:
        for folder in (SMALL, LARGE):
            check_files(folder)
        check_weights()
        for file in (QUESTION_NETWORK, MODEL_FOLDER / "tokenizer.json"):
            if not file.is_file():
                raise UnusableReader(f"The model's file {file} is missing; install Cited again.")
    except CitedError as error:
        yield wrong(str(error))
    else:
        yield sound("The models that Cited ships with are whole.")
    if reader and reader != "small":
        yield from _examine_named("CITED_READER", reader)
    if model:
        yield from _examine_named("CITED_MODEL", model)


def examine_processor() -> Iterator[Diagnosis]:
    """Look for the instructions that make answers fast."""
    try:
        flags = _CPU.read_text(encoding="utf-8").split()
    except OSError:  # not Linux
        return
    if platform.machine() in ("x86_64", "AMD64") and "avx2" not in flags:
        yield note("The processor has no AVX2 instructions: answers are the same, but take longer.")
    else:
        yield sound(f"The processor ({platform.machine()}, {os.cpu_count()} cores) has the instructions that help.")


def examine_tools() -> Iterator[Diagnosis]:
    """Look for programs without which some work is left out."""
    for program, use in _PROGRAMS.items():
        if not shutil.which(program):
            yield note(f"There is no {program} here. It {use}.")


def _unfit(line: str) -> str:
    """Return what is wrong with the package of one requirement, and the remedy; "" if nothing is."""
    needed = Requirement(line)
    if needed.marker and not needed.marker.evaluate({"extra": ""}):
        return ""
    mend = f"install it with: {sys.executable} -m pip install '{needed.name}{needed.specifier}'"
    try:
        version = metadata.version(needed.name)
    except metadata.PackageNotFoundError:
        return f"The package {needed.name} is missing; {mend}"
    if needed.specifier.contains(version, prereleases=True):
        return ""
    return f"The package {needed.name} is of version {version}, but Cited needs {needed.specifier}; {mend}"


def _examine_named(variable: str, name: str) -> Iterator[Diagnosis]:
    """Look at the model that an environment variable names."""
    folder = Path(name).expanduser()
    if (folder / NETWORK).exists():
        try:
            check_files(folder)
        except CitedError as error:
            yield wrong(f"{variable} names {name!r}. {error}")
        else:
            yield sound(f"The reader {name!r}, which {variable} names, is whole.")
    elif folder.is_dir():
        yield note(f"{variable} names {name!r}, which is loaded by its own library and was not examined.")
    elif folder.is_absolute() or name.startswith("."):
        yield wrong(f"{variable} names {name!r}, and there is no such folder; correct it, or unset {variable}.")
    else:
        yield note(f"{variable} names {name!r}, which is fetched from a model hub if it is not here.")
