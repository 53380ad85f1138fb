"""Does `cited serve` reach for anything beyond this machine? `python -m bench.offline`.

It runs in a network namespace of its own, in which there is a loopback interface and no other. The page is opened, a
file is added, and ten questions are asked. The kernel counts what any process of the namespace tries to send beyond
loopback; it must have counted nothing. Exits with 1 if it has, and with 77 if there can be no namespace here.
"""

import fcntl
import json
import re
import socket
import struct
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import Request, urlopen
from uuid import uuid4

from bench.served import ROOT, TIMEOUT, authorization, call, served, upload

NOT_HERE = 77
"""Exit code if this machine gives no network namespace."""

_INSIDE = "inside"

_QUESTIONS = (
    "Who opened the conference?",
    "Where did the conference take place?",
    "How many people took part?",
    "When was the harbour closed?",
    "Who closed the harbour?",
)

_SET_FLAGS, _UP = 0x8914, 0x41
"""The call that sets an interface's flags, and those of one that is up and running."""


def main() -> int:
    """Print what was tried, and return the exit code."""
    if sys.argv[1:] == [_INSIDE]:
        return _inside()
    namespace = ["unshare", "--map-root-user", "--net"]
    try:
        subprocess.run([*namespace, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"No network namespace can be made here ({error}).")
        return NOT_HERE
    return subprocess.run(
        [*namespace, sys.executable, "-m", "bench.offline", _INSIDE], cwd=ROOT, check=False
    ).returncode


def _inside() -> int:
    with socket.socket(type=socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh14x", b"lo", _UP))
    if not _counts():
        print("The kernel does not count what cannot be sent.")
        return NOT_HERE
    before = _tries()
    with TemporaryDirectory() as home, served(Path(home)) as (address, _):
        urlopen(Request(address, headers=authorization(address)), timeout=TIMEOUT).close()
        note = upload(address, "note.txt", b"Mary Doyle closed the harbour of Skarv on Friday.")
        said = [call(address, "add", path=note, name="note.txt")["outcome"]]
        for question in _QUESTIONS:
            turn = call(address, "answer", chat=uuid4().hex, shown=0, question=question, documents=None)
            said += [turn["answer"], _asked(address, question)]
        tried = _tries() - before
    print(f"{len(said) - 1} questions, {sum(map(bool, said[1:]))} answered; {tried} tries to send beyond loopback")
    return int(tried > 0 or said[0] != "added" or not any(said[1:]))


def _asked(address: str, question: str) -> str:
    headers = {"Content-Type": "application/json"} | authorization(address)
    body = json.dumps({"question": question}).encode()
    with urlopen(Request(f"{address}/v1/ask", body, headers), timeout=TIMEOUT) as answer:
        return str(json.load(answer)["text"])


def _counts() -> bool:
    """Return whether a datagram that is sent beyond loopback is counted as a try."""
    before = _tries()
    with socket.socket(type=socket.SOCK_DGRAM) as sender:
        try:
            sender.sendto(b"x", ("192.0.2.1", 9))  # an address of nobody's
        except OSError:
            return _tries() == before + 1
    return False


def _tries() -> int:
    """Return how often any process of this namespace has tried to send where no route leads."""
    names, values = re.findall(r"^Ip: (.*)$", Path("/proc/net/snmp").read_text(encoding="ascii"), re.MULTILINE)
    newer = dict(line.split() for line in Path("/proc/net/snmp6").read_text(encoding="ascii").splitlines())
    return int(dict(zip(names.split(), values.split(), strict=True))["OutNoRoutes"]) + int(newer["Ip6OutNoRoutes"])


if __name__ == "__main__":
    sys.exit(main())
