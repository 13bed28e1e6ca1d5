"""After any change the default graph is the merge, and what follows from the facts follows."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple
from pyoxigraph import Store as Oxigraph

from filiera.build.following import StillStated, follow
from filiera.store import MemoryStore
from filiera.vocabulary import DERIVED, META, WRITTEN
from tests.small_cluster import small_dataset, small_store

EX = "http://example.org/"
NAMED = [NamedNode(f"{EX}{name}") for name in "ab"]
TRIPLES = st.builds(
    lambda s, o: Triple(NamedNode(f"{EX}{s}"), NamedNode(f"{EX}p"), NamedNode(f"{EX}{o}")),
    st.integers(0, 2),
    st.integers(0, 1),
)
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["INSERT", "DELETE"]),
        TRIPLES,
        st.sampled_from([*NAMED, DefaultGraph()]),
    ),
    min_size=1,
    max_size=3,
)


def _changed(store: MemoryStore, update: str) -> None:
    before = store.quads()
    store.oxigraph.update(update)
    follow(store, small_dataset(), before)


def _update(changes: list[tuple[str, Triple, NamedNode | DefaultGraph]]) -> str:
    return " ; ".join(
        f"{verb} DATA {{ GRAPH {graph} {{ {triple} }} }}"
        if isinstance(graph, NamedNode)
        else f"{verb} DATA {{ {triple} }}"
        for verb, triple, graph in changes
    )


def _copy(store: MemoryStore) -> MemoryStore:
    copy = Oxigraph()
    copy.bulk_extend(store.graph_quads())
    return MemoryStore(copy)


def _dumped(store: MemoryStore) -> bytes:
    text = io.BytesIO()
    store.dump(text)
    return text.getvalue()


def _merged(store: MemoryStore) -> tuple[set[Triple], set[Triple]]:
    default: set[Triple] = set()
    named: set[Triple] = set()
    for quad in store.graph_quads():
        (default if isinstance(quad.graph_name, DefaultGraph) else named).add(quad.triple)
    return default, named


@given(st.lists(CHANGES, max_size=5))
@settings(max_examples=60, deadline=None)
def test_the_default_graph_is_the_merge_after_every_change(
    requests: list[list[tuple[str, Triple, NamedNode | DefaultGraph]]],
) -> None:
    store = MemoryStore()
    for changes in requests:
        before = _copy(store)
        try:
            _changed(store, _update(changes))
        except StillStated:
            store = before  # as the server does: the changed copy is thrown away
        default, named = _merged(store)
        assert default == named
        # What was said of a named graph, and not unsaid again, is there.
        last = {(triple, graph): verb for verb, triple, graph in changes}
        for (triple, graph), verb in last.items():
            if isinstance(graph, NamedNode) and store is not before:
                quad = Quad(triple.subject, triple.predicate, triple.object, graph)
                assert (quad in store.oxigraph) is (verb == "INSERT")


def test_a_change_that_is_undone_leaves_every_byte_as_it_was() -> None:
    store = _copy(small_store())
    before = _dumped(store)
    triple = f"<{EX}s> <{EX}p> 1"
    _changed(store, f"INSERT DATA {{ {triple} GRAPH <{EX}g> {{ {triple} }} }}")
    assert _dumped(store) != before
    _changed(store, f"DELETE DATA {{ {triple} GRAPH <{EX}g> {{ {triple} }} }}")
    assert _dumped(store) == before


def test_conclusions_follow_what_they_are_concluded_from() -> None:
    store = _copy(small_store())
    derived = NamedNode(DERIVED)
    before = set(store.graph_quads(derived))
    member = "GRAPH ?g { ?m a <https://w3id.org/filiera/ontology#Membership> ; ?p ?o }"
    _changed(store, f"DELETE {{ GRAPH ?g {{ ?m ?p ?o }} }} WHERE {{ {member} }}")
    after = set(store.graph_quads(derived))
    assert after < before
    assert not any("memberOf" in str(quad.predicate) for quad in after)
    assert any("memberOf" in str(quad.predicate) for quad in before)


@pytest.mark.parametrize(
    ("update", "told"),
    [
        ("CLEAR DEFAULT", "The default graph is the merge"),
        (f"INSERT DATA {{ GRAPH <{DERIVED}> {{ <a:s> <a:p> <a:o> }} }}", "was added"),
    ],
)
def test_what_contradicts_the_merge_is_refused(update: str, told: str) -> None:
    store = _copy(small_store())
    with pytest.raises(StillStated, match=told):
        _changed(store, update)


def test_a_store_without_a_description_gets_none() -> None:
    store = _copy(small_store())
    _changed(store, f"DROP GRAPH <{META}>")
    _changed(store, f"INSERT DATA {{ <{EX}s> <{EX}p> 1 }}")
    graphs = {
        graph.value for graph in store.oxigraph.named_graphs() if isinstance(graph, NamedNode)
    }
    assert META not in graphs
    assert WRITTEN in graphs
