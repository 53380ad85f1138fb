"""Who may send requests: a token on one's own machine, passwords for others."""

import asyncio
import base64
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from page.access import ByPassword, ByToken, Denied
from page.passwords import Passwords, UnusablePasswords, hashed
from page.serving import Serving, UnsafeServing
from page.token import entrance, token, token_file
from tests.conftest import REPOSITORY

TOKEN = "the-token-of-this-test-has-more-than-forty-characters"
HOST = ("host", "127.0.0.1:7860")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return tmp_path / "cited"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return lambda seconds: now.__setitem__(0, now[0] + seconds)


def bearer(value: str) -> list[tuple[str, str]]:
    return [HOST, ("authorization", f"Bearer {value}")]


def basic(credentials: str) -> list[tuple[str, str]]:
    return [HOST, ("authorization", f"Basic {base64.b64encode(credentials.encode()).decode()}")]


def status(access: ByToken | ByPassword, headers: list[tuple[str, str]], client: str = "10.0.0.1") -> int:
    try:
        asyncio.run(access.check(headers, client))
    except Denied as denied:
        return int(denied.args[0])
    return 200


def test_the_token_is_private_and_stays_the_same(data: Path) -> None:
    first = token()
    assert first == token()
    assert stat.S_IMODE(token_file().stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    page = entrance("http://127.0.0.1:7860/")
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert f"url=http://127.0.0.1:7860/?token={first}" in page.read_text()


def test_a_token_that_others_could_read_is_replaced() -> None:
    first = token()
    token_file().chmod(0o644)
    assert token() != first
    token_file().write_text("short")
    assert len(token()) >= 40


def test_programs_send_the_token_and_browsers_a_cookie_that_the_address_has_given_them() -> None:
    admitted = ByToken(TOKEN)
    cookie = admitted.cookie([HOST], f"token={TOKEN}".encode())
    assert cookie == f"cited-7860={TOKEN}; Path=/; HttpOnly; SameSite=Strict"
    assert status(admitted, bearer(TOKEN)) == 200
    assert status(admitted, [HOST, ("cookie", f"a=b; {cookie.partition(';')[0]}; c=d")]) == 200
    for headers in ([HOST], bearer(""), bearer(TOKEN[:-1]), bearer("ü"), basic(f"x:{TOKEN}"), [HOST, ("cookie", "x")]):
        assert status(ByToken(TOKEN), headers) == 401
    assert status(ByToken(TOKEN), [HOST, ("cookie", f"cited-9999={TOKEN}")]) == 401  # of another port
    assert admitted.cookie([HOST], b"token=wrong") is None
    assert admitted.cookie([HOST], b"") is None


def test_who_sends_wrong_tokens_must_wait_and_nobody_else(clock: Callable[[float], None]) -> None:
    admitted = ByToken(TOKEN)
    assert [status(admitted, bearer("wrong")) for _ in range(7)] == [401] * 5 + [429] * 2
    assert status(admitted, bearer("wrong"), "10.0.0.2") == 401
    assert status(admitted, bearer(TOKEN)) == 200
    clock(2)
    assert [status(admitted, bearer("wrong")) for _ in range(2)] == [401, 429]
    clock(1.5)
    assert status(admitted, bearer("wrong")) == 429  # the wait has doubled


@pytest.fixture
def passwords(tmp_path: Path) -> Passwords:
    file = tmp_path / "passwords"
    file.write_text(f"# The office\n{hashed('mary', 'correct horse')}\n\n{hashed('jón', 'þrjú orð hér')}\n", "utf-8")
    return Passwords(file)


def test_names_with_their_passwords_are_admitted(passwords: Passwords) -> None:
    admitted = ByPassword(passwords)
    for credentials in ("mary:correct horse", "jón:þrjú orð hér"):
        assert status(admitted, basic(credentials)) == 200
        assert status(admitted, bearer(credentials.encode().decode("latin-1"))) == 200
    for credentials in ("mary:wrong", "jón:correct horse", "nobody:correct horse", "mary", ""):
        assert status(ByPassword(passwords), basic(credentials)) == 401
    assert status(admitted, [HOST]) == 401
    assert status(admitted, [HOST, ("authorization", "Basic ?")]) == 401
    assert admitted.cookie([HOST], b"token=x") is None


def test_passwords_cannot_be_tried_fast_and_those_admitted_stay_so(
    passwords: Passwords, clock: Callable[[float], None]
) -> None:
    admitted = ByPassword(passwords)
    assert status(admitted, basic("mary:correct horse")) == 200
    assert [status(admitted, basic(f"mary:{number}")) for number in range(7)] == [401] * 5 + [429] * 2
    assert status(admitted, basic("jón:þrjú orð hér")) == 429  # not even a right one can be tried
    assert status(admitted, basic("mary:correct horse")) == 200
    clock(61)
    assert status(admitted, basic("jón:þrjú orð hér")) == 200


def test_a_file_of_passwords_holds_no_password(passwords: Passwords, tmp_path: Path) -> None:
    kept = (tmp_path / "passwords").read_text(encoding="utf-8")
    assert "horse" not in kept
    assert hashed("mary", "correct horse") != hashed("mary", "correct horse")  # each has a salt
    assert passwords.holds("mary", "correct horse")


@pytest.mark.parametrize("content", ["", "# none", "mary:correct horse", "mary:scrypt:!:!", "a:b:c:d", "\udcff"])
def test_a_file_that_holds_something_else_is_refused_in_a_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / "passwords").write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(UnusablePasswords, match="cited password"):
        Passwords(tmp_path / "passwords")


def test_a_file_of_passwords_that_cannot_be_opened_is_named_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(UnusablePasswords, match=r"no file .*/none; make it with: cited password"):
        Passwords(tmp_path / "none")
    with pytest.raises(UnusablePasswords, match=r"cannot be read \(Is a directory\)"):
        Passwords(tmp_path)


@pytest.mark.parametrize(("name", "password"), [("a:b", "long enough"), ("", "long enough"), ("a b", "long enough")])
def test_a_name_that_would_spoil_the_file_is_refused(name: str, password: str) -> None:
    with pytest.raises(UnusablePasswords, match="without spaces and colons"):
        hashed(name, password)
    with pytest.raises(UnusablePasswords, match="8 or more"):
        hashed("mary", "short")


def test_the_command_makes_a_line_that_admits(tmp_path: Path) -> None:
    made = subprocess.run(
        [sys.executable, "-m", "cited", "password", "mary"],
        cwd=REPOSITORY,
        input="correct horse\n",
        capture_output=True,
        text=True,
        check=True,
    )
    (tmp_path / "passwords").write_text(made.stdout)
    assert Passwords(tmp_path / "passwords").holds("mary", "correct horse")


def test_other_machines_are_not_served_unless_it_is_said_to_whom(tmp_path: Path) -> None:
    for host in ("0.0.0.0", "192.0.2.1", "::", "example.org"):
        with pytest.raises(UnsafeServing, match="--auth FILE"):
            Serving(host=host).access()
        assert Serving(host=host, is_open=True).access()
    for host in ("127.0.0.1", "localhost", "::1", "127.0.0.2"):
        assert isinstance(Serving(host=host).access(), ByToken)
    (tmp_path / "passwords").write_text(hashed("mary", "correct horse"))
    assert isinstance(Serving(host="0.0.0.0", passwords=tmp_path / "passwords").access(), ByPassword)


def test_a_server_answers_to_its_addresses_and_to_names_that_were_given_and_to_no_site_that_calls_itself_so() -> None:
    local, shared = Serving(), Serving(host="0.0.0.0", names=("cited.office",))
    assert local.is_called("localhost")
    assert not local.is_called("192.0.2.1")
    assert shared.is_called("192.0.2.1")
    assert shared.is_called("cited.office")
    for name in ("example.com", "127.0.0.1.example.com", None, ""):
        assert not local.is_called(name)
        assert not shared.is_called(name)
