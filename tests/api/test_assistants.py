"""What assistants get: exactly four tools, with answers that are quotes, or empty."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest

from bench.served import authorization
from tests.conftest import REPOSITORY

pytest.importorskip("mcp", reason="needs pip install 'cited[mcp]'")

from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

QUESTION = "who closed the harbour?"


def over_http(address: str, talk: Callable[[Client], Awaitable[Any]]) -> Any:
    async def scene() -> Any:
        async with httpx2.AsyncClient(headers=authorization(address), timeout=120) as http:
            transport = streamable_http_client(f"{address}/mcp", http_client=http)
            async with Client(transport) as client:
                return await talk(client)

    return asyncio.run(scene())


def test_there_are_exactly_four_tools_and_they_say_how_to_use_them(address: str) -> None:
    async def talk(client: Client) -> Any:
        return (await client.list_tools()).tools, client.instructions

    tools, instructions = over_http(address, talk)
    assert {tool.name for tool in tools} == {"ask", "search", "documents", "add"}
    assert all(tool.description for tool in tools)
    ask = next(tool for tool in tools if tool.name == "ask")
    for said in (ask.description, instructions):
        assert "not stated" in said


def test_assistants_ask_search_list_and_add(address: str) -> None:
    async def talk(client: Client) -> Any:
        calls: list[tuple[str, dict[str, Any]]] = [
            ("add", {"name": "whale.md", "text": "# News\n\nA whale was seen off Skarv on Sunday."}),
            ("ask", {"question": "where was a whale seen?"}),
            ("ask", {"question": "what is the mayor's salary?"}),
            ("search", {"question": "harbour", "k": 1}),
            ("documents", {}),
            ("ask", {"question": "?!"}),
        ]
        return [await client.call_tool(name, arguments) for name, arguments in calls]

    added, asked, unanswered, found, listed, refused = over_http(address, talk)
    assert added.structured_content["outcome"] == "added"
    assert "Skarv" in asked.structured_content["text"]
    assert asked.structured_content["citations"][0]["source"] == "whale.md"
    assert unanswered.structured_content["text"] == ""
    assert found.structured_content["passages"][0]["title"] == "harbour"
    assert "whale.md" in [document["source"] for document in listed.structured_content["documents"]]
    assert refused.is_error
    assert refused.content[0].text.endswith("The question holds no words; type one that does.")


def test_nothing_is_answered_without_the_token(address: str) -> None:
    assert httpx.post(f"{address}/mcp", json={}).status_code == 401


@pytest.mark.slow
def test_an_assistant_that_starts_the_program_itself_gets_the_same(home: Path, tmp_path: Path) -> None:
    environment = os.environ | {
        "CITED_COLLECTION": str(home / "collection"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
    }
    program = StdioServerParameters(
        command=sys.executable, args=["-m", "cited", "mcp"], cwd=str(REPOSITORY), env=environment
    )

    async def scene() -> Any:
        async with Client(program) as client:
            return await client.call_tool("ask", {"question": QUESTION})

    assert asyncio.run(scene()).structured_content["text"] == "The mayor of Tarn"
