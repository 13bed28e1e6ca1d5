"""What the tests that change a graph send to a server, and what they read off it."""

from __future__ import annotations

from tests.running_server import BEARER, RunningServer

AUTHORIZED = {"authorization": BEARER}
TURTLE = {**AUTHORIZED, "content-type": "text/turtle"}
EX = "http://example.org/"
NEW = f"INSERT DATA {{ GRAPH <{EX}g> {{ <{EX}s> <{EX}p> <{EX}o> }} }}"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def rows(server: RunningServer, query: str) -> list[str]:
    return server.ask(query, "text/csv").text.split()[1:]


def state(server: RunningServer) -> tuple[str, int]:
    """How many triples the merge has, and how many quads the graph."""
    return server.ask(COUNT, "text/csv").text, server.client.get("/health").json()["quads"]
