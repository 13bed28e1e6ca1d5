"""The jobs themselves, done in this process."""

from __future__ import annotations

import json

import pytest

import filiera
from filiera.server.jobs import Jobs, answer_job, ask_job, names_job, page_job, sparql_job
from filiera.server.limits import LimitReached, Limits
from filiera.server.messages import Job
from filiera.server.sparql import SparqlRequest, answer
from filiera.store import MemoryStore


@pytest.fixture(scope="module")
def jobs(ecosystem: filiera.Ecosystem) -> Jobs:
    assert isinstance(ecosystem.store, MemoryStore)
    return Jobs(ecosystem, ecosystem.store, Limits())


def _through_json(job: Job) -> Job:
    """The job as a worker gets it."""
    received: Job = json.loads(json.dumps(job))
    return received


def test_a_sparql_request_survives_the_way_to_its_worker(jobs: Jobs) -> None:
    request = SparqlRequest(
        "ASK { GRAPH ?g { ?s ?p ?o } }", "application/json", ("http://a.example/g",), ()
    )
    assert SparqlRequest.from_job(_through_json(sparql_job(request))) == request
    reply = jobs(_through_json(sparql_job(request)))
    assert (reply.status, json.loads(reply.body)["boolean"]) == (200, False)


def test_a_question_is_answered_in_both_languages(jobs: Jobs) -> None:
    given = {"at": "2020-12-31"}
    replies = [jobs(ask_job("members-at", lang, given)) for lang in ("it", "en")]
    italian, english = (json.loads(reply.body) for reply in replies)
    assert italian["title"] != english["title"]
    assert [set(row) for row in italian["rows"]] == [set(row) for row in english["rows"]]
    assert (english["question"], english["lang"]) == ("members-at", "en")
    assert english["drawing"] == "table"
    assert english["description"].startswith("Who had joined a body by a date")


def test_an_answer_brings_its_texts_sources_and_query(
    jobs: Jobs, ecosystem: filiera.Ecosystem
) -> None:
    told = json.loads(jobs(ask_job("members-at", "it", {"at": "2020-12-31"})).body)
    results = ecosystem.ask("members-at", at="2020-12-31", lang="it")
    assert told["texts"] == [list(texts) for texts in results.texts()]
    assert set(told["sources"]) == {str(source) for source in results.column("source")}
    first = told["sources"][told["rows"][0]["source"]]
    assert first["title"]
    assert first["url"].startswith("https://")
    rows = ecosystem.query(told["sparql"])
    assert isinstance(rows, filiera.Results)
    assert list(rows) == list(results)


@pytest.mark.parametrize(
    ("typed", "kind", "ids"),
    [
        ("reggio nell", "place", ["place/reggio-nell-emilia", "place/provincia-reggio-emilia"]),
        ("start-up", "concept:kind", ["start-up"]),
        ("assembly-2020-07", "event", ["assembly-2020-07"]),
        ("zzzz", "organisation", []),
    ],
)
def test_names_are_suggested(jobs: Jobs, typed: str, kind: str, ids: list[str]) -> None:
    reply = jobs(_through_json(names_job(typed, kind, "it")))
    assert [match["id"] for match in json.loads(reply.body)] == ids


def test_names_are_told_in_the_language(jobs: Jobs) -> None:
    labels = [
        json.loads(jobs(names_job("province", "concept:place-kind", lang)).body)[0]["label"]
        for lang in ("it", "en")
    ]
    assert labels == ["provincia", "province"]


def test_names_of_no_kind_are_refused(jobs: Jobs) -> None:
    reply = jobs(names_job("x", "colour", "en"))
    assert (reply.status, reply.body) == (400, b"type='colour' is no kind of thing\n")


@pytest.mark.parametrize(
    ("question", "parameters", "status", "text"),
    [
        ("no-such-question", {}, 404, "no-such-question"),
        ("members-at", {"body": "zzzzzz"}, 404, "zzzzzz"),
        ("members-at", {"colour": "red"}, 400, "colour"),
        ("members-at", {"at": "tomorrow"}, 400, "tomorrow"),
    ],
)
def test_faults_are_told(
    jobs: Jobs, question: str, parameters: dict[str, str], status: int, text: str
) -> None:
    reply = jobs(ask_job(question, "en", parameters))
    assert reply.status == status
    assert reply.media_type == "text/plain; charset=utf-8"
    assert text in reply.body.decode()


def test_an_analysis_is_given_in_both_languages(jobs: Jobs) -> None:
    given = {"chain": "batteries", "at": "2026"}
    replies = [jobs(_through_json(answer_job("gaps", lang, given))) for lang in ("it", "en")]
    italian, english = (json.loads(reply.body) for reply in replies)
    assert italian["label"] != english["label"]
    assert [stage["status"] for stage in italian["stages"]] == [
        stage["status"] for stage in english["stages"]
    ]


@pytest.mark.parametrize(
    ("name", "parameters", "status", "text"),
    [
        ("no-such-answer", {}, 404, "no-such-answer"),
        ("gaps", {"chain": "zzzzzz"}, 404, "zzzzzz"),
        ("gaps", {"chain": "batteries", "colour": "red"}, 400, "colour"),
    ],
)
def test_faults_of_analyses_are_told(
    jobs: Jobs, name: str, parameters: dict[str, str], status: int, text: str
) -> None:
    reply = jobs(answer_job(name, "en", parameters))
    assert (reply.status, reply.media_type) == (status, "text/plain; charset=utf-8")
    assert text in reply.body.decode()


def test_the_data_of_the_page_is_made_for_all_languages(jobs: Jobs) -> None:
    reply = jobs(_through_json(page_job()))
    assert reply.media_type == "application/json"
    data = json.loads(reply.body)
    assert data["title"]["en"] != data["title"]["it"]
    assert "lang" not in data


def test_there_are_no_other_jobs(jobs: Jobs) -> None:
    with pytest.raises(ValueError, match="no job 'sing'"):
        jobs({"kind": "sing"})


@pytest.mark.parametrize(
    ("query", "accept", "status"),
    [
        ("SELECT * { ?s ?p ?o }", None, 200),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle", 200),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "text/csv", 406),
        ("SELECT * { ?s ?p ?o", None, 400),
        ("", None, 400),
        ("DROP ALL", None, 403),
        ("ASK { SERVICE ?s { ?s ?p ?o } }", None, 403),
    ],
)
def test_every_kind_of_reply(query: str, accept: str | None, status: int) -> None:
    assert answer(MemoryStore(), SparqlRequest(query, accept), Limits()).status == status


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("ASK { ?s unknown:p ?o }", "line 1, column 19: Prefix not found."),
        ("ASK { ?s <a b> ?o }", "line 1, column 15: IRI parsing failed."),
        ("SELECT (?x AS ?x) {\n?s ?p ?x }", "The SELECT overrides an existing variable"),
        ("SELECT ?s { ?s ?p 'x }", "expected one of"),
        ("ASK {\n ?s ?p ?o", "line 2, column 10: expected one of"),
    ],
)
def test_the_parser_is_quoted_where_it_says_something(query: str, text: str) -> None:
    body = answer(MemoryStore(), SparqlRequest(query), Limits()).body.decode()
    assert body.startswith("The query is malformed at line ")
    assert text in body
    assert "\\u{" not in body
    assert query.splitlines()[-1] in body


def test_a_long_line_is_shown_around_the_fault() -> None:
    query = "SELECT * { " + "?s ?p ?o . " * 50 + "oops }"
    body = answer(MemoryStore(), SparqlRequest(query), Limits()).body.decode()
    first, _, shown, mark = body.splitlines()
    column = int(first.split("column ")[1].split(":")[0].rstrip("."))
    assert len(shown) <= 100
    assert shown[mark.index("^") :] == query[column - 1 :]


def test_the_result_may_be_as_large_as_the_limit() -> None:
    store = MemoryStore()
    limits = Limits(result_mb=1)
    quarter = "x" * 2**18
    rows = " ".join(f'"{number}{quarter}"' for number in range(3))
    assert (
        answer(store, SparqlRequest(f"SELECT * {{ VALUES ?x {{ {rows} }} }}"), limits).status == 200
    )
    rows += f' "4{quarter}"'
    with pytest.raises(LimitReached, match="larger than 1 MiB"):
        answer(store, SparqlRequest(f"SELECT * {{ VALUES ?x {{ {rows} }} }}"), limits)


def test_a_graph_that_has_no_iri_is_told(jobs: Jobs) -> None:
    request = SparqlRequest("ASK { ?s ?p ?o }", None, ("not an iri",))
    reply = jobs(sparql_job(request))
    assert reply.status == 400
    assert reply.body.decode().startswith("The query cannot be run: ")
