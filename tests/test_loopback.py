"""No test, and no program that a test starts, reaches for anything beyond this machine."""

import socket
import sys
from pathlib import Path

import pytest

from bench.offline import NOT_HERE
from tests.conftest import RunPython

OUTSIDE = "192.0.2.1"  # an address of nobody's

REACHES = {
    "a connection": f"socket.create_connection(('{OUTSIDE}', 80), timeout=5)",
    "a datagram": f"socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('{OUTSIDE}', 80))",
    "a name": "socket.getaddrinfo('example.com', 80)",
    "a server for others": "socket.socket().bind(('0.0.0.0', 0))",
    "an address": f"urllib.request.urlopen('http://{OUTSIDE}/', timeout=5)",
}


@pytest.mark.parametrize("reach", REACHES.values(), ids=REACHES)
def test_a_program_that_reaches_beyond_loopback_is_refused(python: RunPython, reach: str) -> None:
    run = python("-c", f"import socket, urllib.request; {reach}")
    assert run.returncode == 1
    assert "Tests reach for nothing beyond loopback" in run.stderr


def test_a_test_that_reaches_beyond_loopback_is_refused() -> None:
    with pytest.raises(PermissionError, match="beyond loopback"):
        socket.create_connection((OUTSIDE, 80), timeout=5)


def test_sockets_of_this_machine_work(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass
    if hasattr(socket, "AF_UNIX"):
        with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as caller:
            listener.bind(str(tmp_path / "s"))
            listener.listen()
            caller.connect(str(tmp_path / "s"))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="network namespaces are Linux's")
def test_a_server_that_may_send_anything_tries_to_send_nothing_beyond_this_machine(python: RunPython) -> None:
    done = python("-m", "bench.offline", environment={"PYTHONPATH": ""})  # nothing refuses there
    if done.returncode == NOT_HERE:
        pytest.skip(done.stdout)
    assert "10 questions" in done.stdout, done.stderr
    assert done.stdout.endswith("; 0 tries to send beyond loopback\n")
    assert done.returncode == 0
