"""The endpoints for programs: they ask, search and change the served collection, and every error is a sentence."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import Client

from api import schema
from bench.fuzz import SAMPLES, Requesting, fuzz
from bench.served import authorization
from index import FolderCollection
from qa import ask
from qa.share.card import card
from tests.conftest import REPOSITORY, RunPython

QUESTION = "who closed the harbour?"


def asked(client: httpx.Client, path: str, **body: Any) -> Any:
    answer = client.post(f"/v1/{path}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def error(answer: httpx.Response) -> tuple[int, str]:
    sentence = answer.json()["error"]["message"]
    assert sentence.endswith(".")
    return answer.status_code, sentence


def test_a_question_is_answered_from_the_served_collection(client: httpx.Client, home: Path) -> None:
    answer = asked(client, "ask", question=QUESTION)
    with FolderCollection(home / "collection") as collection:
        assert answer == ask(QUESTION, collection).to_dict()
    assert answer["text"] == "The mayor of Tarn"
    assert set(answer) == set(schema.Answer.model_fields)
    assert set(answer["citations"][0]) == set(schema.Citation.model_fields)


def test_gradios_clients_ask_the_served_collection_too(address: str) -> None:
    client = Client(address, verbose=False, headers=authorization(address))
    assert client.predict(QUESTION, api_name="/ask")["text"] == "The mayor of Tarn"


def test_what_the_documents_do_not_state_is_an_empty_text(client: httpx.Client) -> None:
    answer = asked(client, "ask", question="what is the mayor's salary?")
    assert (answer["text"], answer["citations"]) == ("", [])


def test_documents_are_listed_asked_alone_and_searched(client: httpx.Client) -> None:
    documents = client.get("/v1/documents").json()["documents"]
    ids = {document["title"]: document["id"] for document in documents}
    assert {"article", "harbour"} <= set(ids)
    assert asked(client, "ask", question=QUESTION, documents=[ids["article"]])["text"] != "The mayor of Tarn"
    hits = asked(client, "search", question="harbour", k=1)["passages"]
    assert [(hit["title"], hit["place"]) for hit in hits] == [("harbour", "line 1")]


def test_a_file_is_added_asked_and_removed(client: httpx.Client) -> None:
    note = ("ferry.txt", "The ferry to Skarv was sold to a company from Bergen.")
    added = client.post("/v1/add", files={"file": note}).json()
    assert added["outcome"] == "added"
    assert asked(client, "ask", question="who bought the ferry to Skarv?")["citations"][0]["source"] == "ferry.txt"
    renamed = asked(client, "rename", document=added["document"], title="  Lamps of  Tarn ")
    assert (renamed["id"], renamed["title"]) == (added["document"], "Lamps of Tarn")
    assert renamed in client.get("/v1/documents").json()["documents"]
    assert asked(client, "remove", document=added["document"]) == {"document": added["document"]}
    assert added["document"] not in client.get("/v1/documents").text
    assert error(client.post("/v1/remove", json={"document": added["document"]}))[0] == 404


def test_a_card_is_verified(client: httpx.Client, about_the_article: Any) -> None:
    proof = card(ask("who opened the conference?", about_the_article))
    findings = asked(client, "verify", card=proof)["findings"]
    assert {finding["standing"] for finding in findings} == {"found"}
    assert error(client.post("/v1/verify", json={"card": "<p>none"}))[0] == 400


@pytest.mark.parametrize(
    ("path", "body", "status", "sentence"),
    [
        ("ask", {"question": "?!"}, 400, "holds no words"),
        ("ask", {"question": "why?" * 1000}, 400, "4,000 characters"),
        ("ask", {"question": QUESTION, "documents": []}, 400, "asked of no documents"),
        ("ask", {"question": QUESTION, "documents": ["x"]}, 404, "No document here has the id 'x'"),
        ("ask", {"question": QUESTION, "min_confidence": 2}, 422, "malformed at min_confidence"),
        ("ask", {"question": QUESTION, "k": 2}, 422, "malformed at k"),
        ("ask", {"question": 5}, 422, "malformed at question"),
        ("search", {"question": QUESTION, "k": 0}, 422, "malformed at k"),
        ("remove", {"document": "x"}, 404, "No document here has the id 'x'"),
        ("rename", {"document": "x", "title": "y"}, 404, "No document here has the id 'x'"),
        ("chat/completions", {"messages": []}, 422, "malformed at messages"),
        ("chat/completions", {"messages": [{"role": "system", "content": "x"}]}, 400, "holds no question"),
    ],
)
def test_every_error_is_a_sentence_with_the_status_that_fits(
    client: httpx.Client, path: str, body: dict[str, Any], status: int, sentence: str
) -> None:
    answered, said = error(client.post(f"/v1/{path}", json=body))
    assert answered == status
    assert sentence in said


def test_whatever_is_sent_every_answer_is_as_the_description_says(client: httpx.Client) -> None:
    # `python -m bench.fuzz http` sends more.
    assert fuzz(Requesting(client, sorted(SAMPLES.iterdir())), 40) == {}


def test_a_file_that_cannot_be_read_and_what_is_no_json_are_refused(client: httpx.Client) -> None:
    status, said = error(client.post("/v1/add", files={"file": ("broken.pdf", b"%PDF-1.7 broken")}))
    assert (status, said.startswith("broken.pdf ")) == (400, True)
    assert error(client.post("/v1/add", files={}))[0] == 422
    assert error(client.post("/v1/ask", content=b"{"))[0] == 422
    assert error(client.post("/v1/ask", content=b"\xff", headers={"Content-Type": "application/json"}))[0] == 400
    assert error(client.get("/v1/nothing"))[0] == 404
    assert error(client.get("/v1/ask"))[0] == 405


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/page/main.js"),
        ("POST", "/call"),
        ("POST", "/upload"),
        ("POST", "/gradio_api/queue/join"),
        ("GET", "/metrics"),
        ("POST", "/v1/ask"),
        ("POST", "/v1/add"),
        ("GET", "/v1/documents"),
        ("GET", "/v1/openapi.json"),
        ("POST", "/v1/chat/completions"),
    ],
)
def test_nothing_is_answered_without_the_token(address: str, method: str, path: str) -> None:
    assert httpx.request(method, address + path).status_code == 401
    assert httpx.request(method, f"{address}{path}?token=wrong").status_code == 401


def test_a_browser_gets_a_cookie_at_the_address_with_the_token_and_is_led_to_the_page(client: httpx.Client) -> None:
    token = client.headers.pop("Authorization").removeprefix("Bearer ")
    opened = client.get("/", params={"token": token}, headers={"Sec-Fetch-Site": "cross-site"})  # from a file
    assert (opened.status_code, opened.headers["refresh"]) == (200, "0; url=/")
    assert {"HttpOnly", "SameSite=Strict"} <= set(opened.headers["set-cookie"].split("; "))
    assert "gradio" in client.get("/").text
    assert client.get("/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_whether_the_server_answers_is_told_to_all(address: str) -> None:
    assert httpx.get(f"{address}/healthz").json() == {"status": "ok"}


def test_figures_are_in_the_format_of_prometheus(client: httpx.Client) -> None:
    asked(client, "ask", question=QUESTION)
    client.post("/v1/ask", json={"question": "?!"})
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    figures = dict(line.rsplit(" ", 1) for line in answer.text.splitlines() if not line.startswith("#"))
    assert int(figures["cited_questions_total"]) >= 1
    assert int(figures["cited_refusals_total"]) >= 1
    assert int(figures["cited_errors_total"]) == 0
    assert figures['cited_queue_length{line="questions"}'] == "0"
    assert int(figures['cited_requests_total{path="/v1/ask",status="200"}']) >= 1
    for stage in ("search", "rank", "read", "decide", "answer"):
        assert float(figures[f'cited_stage_seconds_sum{{stage="{stage}"}}']) > 0


def test_the_description_in_the_documentation_is_that_of_the_server(client: httpx.Client) -> None:
    described = client.get("/v1/openapi.json").json()
    assert described == json.loads((REPOSITORY / "docs" / "openapi.json").read_text(encoding="utf-8"))
    assert described["servers"] == [{"url": "/v1"}]


def test_openais_form_is_answered_with_the_quote_and_its_citation(client: httpx.Client) -> None:
    messages = [
        {"role": "system", "content": "You are a pirate."},
        {"role": "user", "content": QUESTION},
    ]
    told = asked(client, "chat/completions", model="gpt", messages=messages, temperature=0.7)
    (choice,) = told["choices"]
    assert choice["message"]["content"].startswith("The mayor of Tarn\n\n> The mayor of Tarn closed the harbour")
    assert "— harbour, line 1, harbour.txt" in choice["message"]["content"]
    assert told["cited"]["text"] == "The mayor of Tarn"


def test_a_question_of_a_chat_may_depend_on_the_one_before(client: httpx.Client) -> None:
    messages = [
        {"role": "user", "content": "who opened the conference?"},
        {"role": "assistant", "content": "Abdel Latif Hamouchi"},
        {"role": "user", "content": [{"type": "text", "text": "what is his position?"}]},
    ]
    told = asked(client, "chat/completions", messages=messages)
    assert told["cited"]["understood"] == "what is Abdel Latif Hamouchi's position?"


def test_a_streamed_answer_is_the_same_in_pieces(client: httpx.Client) -> None:
    body = {"messages": [{"role": "user", "content": QUESTION}]}
    whole = asked(client, "chat/completions", **body)["choices"][0]["message"]["content"]
    streamed = client.post("/v1/chat/completions", json=body | {"stream": True})
    assert streamed.headers["content-type"].startswith("text/event-stream")
    *events, end = [line.removeprefix("data: ") for line in streamed.text.splitlines() if line]
    assert end == "[DONE]"
    deltas = [json.loads(event)["choices"][0]["delta"] for event in events]
    assert "".join(delta.get("content", "") for delta in deltas) == whole


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ({"n": 2}, "leave out `n`"),
        ({"response_format": {"type": "json_object"}}, "leave out `response_format`"),
        ({"tool_choice": "required"}, "leave out `tool_choice`"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}, "reads text"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(
    client: httpx.Client, setting: dict[str, Any], sentence: str
) -> None:
    body = {"messages": [{"role": "user", "content": QUESTION}]} | setting
    status, said = error(client.post("/v1/chat/completions", json=body))
    assert (status, sentence in said) == (400, True)


def test_a_server_for_others_needs_to_be_told_for_whom(python: RunPython) -> None:
    refused = python("-m", "cited", "serve", "--host", "0.0.0.0")
    assert refused.returncode == 1
    assert refused.stderr.startswith("cited: Other machines reach 0.0.0.0; name a file of passwords with --auth FILE")
    assert refused.stderr.count("\n") == 1
