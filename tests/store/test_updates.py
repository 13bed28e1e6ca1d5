"""What the text of an update tells without being run."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from filiera.store.updates import empties, loads, with_dataset

NOBODY = "http://127.0.0.1:1/"
"""An address that the engine refuses to ask; that is how a test sees that it would have."""
PREFIXES = f"PREFIX : <{NOBODY}> PREFIX x: <{NOBODY}> "
S, P = NamedNode("http://example.org/s"), NamedNode("http://example.org/p")

LOADS = [
    f"LOAD <{NOBODY}>",
    f"load silent <{NOBODY}> into graph <{NOBODY}g>",
    f"LOADSILENT<{NOBODY}>",
    f"CLEAR ALL;LOAD<{NOBODY}>",
    f"INSERT DATA {{ <a:s> <a:p> '}}' }} ; # }}\nLOAD <{NOBODY}>",
    PREFIXES + "LOAD:a",
    PREFIXES + "LOADx:a",
    PREFIXES + "LOADSILENTx:a",
    PREFIXES + "CLEAR DEFAULT;LOAD x:a",
    PREFIXES + f"LOAD <{NOBODY}> ; CLEAR ALL",
    f"PREFIX load: <{NOBODY}> LOAD load:a",
    f"BASE <{NOBODY}> LOAD <a>",
]
NO_LOADS = [
    "INSERT DATA { <a:s> <a:p> 'LOAD <x>' } # LOAD <x>",
    "PREFIX load: <a:> INSERT DATA { load:s load:p load:o }",
    "PREFIX load: <a:> WITH load:g DELETE { ?s load:p ?o } WHERE { ?s load:p ?o }",
    "PREFIX load: <a:> COPY load:g TO load:h ; DROP GRAPH load:g",
    'DELETE WHERE { ?load <a:load> """}} ; LOAD <x>"""@load }',
]


def _reaches_out(update: str) -> bool:
    """Whether the engine would ask another host; an ill-formed text does nothing."""
    try:
        Store().update(update)
    except OSError:
        return True
    except (SyntaxError, RuntimeError):
        return False
    return False


@pytest.mark.parametrize("update", LOADS)
def test_a_load_is_found(update: str) -> None:
    assert loads(update)


@pytest.mark.parametrize("update", NO_LOADS)
def test_the_word_alone_is_no_load(update: str) -> None:
    assert not loads(update)
    with contextlib.suppress(RuntimeError):
        Store().update(update)


@given(
    st.text(alphabet="LOADload SILENTsilent;{}<>:x#'\"\\\n?", max_size=30),
    st.sampled_from(["", "CLEAR ALL ; ", "INSERT DATA { <a:s> <a:p> 'x' } ; "]),
    st.sampled_from([f"LOAD <{NOBODY}>", "LOAD:a", "LOADx:a", f"LOADSILENT<{NOBODY}>"]),
)
def test_no_text_hides_a_load(noise: str, before: str, load: str) -> None:
    for update in (f"{PREFIXES}{before}{noise}{load}", f"{PREFIXES}{before}{load}{noise}"):
        assert loads(update) or not _reaches_out(update)


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        (
            "INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
            "INSERT { ?s ?p 1 } USING <a:g> WHERE { ?s ?p ?o }",
        ),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE { ?s ?p ?o } USING <a:g> WHERE { ?s ?p ?o }"),
        ("DELETEWHERE{?s ?p ?o}", "DELETE{?s ?p ?o} USING <a:g> WHERE{?s ?p ?o}"),
        (
            "DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { { SELECT * WHERE { ?s ?p ?o } } }",
            "DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } USING <a:g> "
            "WHERE { { SELECT * WHERE { ?s ?p ?o } } }",
        ),
        ("INSERT DATA { <a:s> <a:p> 'WHERE' }", "INSERT DATA { <a:s> <a:p> 'WHERE' }"),
        ("CLEAR ALL", "CLEAR ALL"),
    ],
)
def test_the_dataset_goes_to_each_operation_that_has_a_pattern(update: str, expected: str) -> None:
    assert with_dataset(update, ["a:g"], []) == expected
    assert with_dataset(update, [], []) == update
    twice = with_dataset(f"{update} ;\n{update}", ["a:g"], [])
    assert twice == f"{expected} ;\n{expected}"
    Store().update(twice)


def test_named_graphs_alone_leave_the_default_graph_empty() -> None:
    graph = NamedNode("http://example.org/g")
    store = Store()
    store.extend([Quad(S, P, Literal(1)), Quad(S, P, Literal(2), graph)])
    update = "DELETE { ?s ?p ?o } INSERT { ?s <http://example.org/q> ?v } WHERE { { ?s ?p ?o } "
    update += "UNION { GRAPH ?g { ?s ?p ?v } } }"
    store.update(with_dataset(update, [], [graph.value]))
    added = {
        quad.object for quad in store.quads_for_pattern(S, NamedNode("http://example.org/q"), None)
    }
    assert added == {Literal(2)}
    assert Quad(S, P, Literal(1)) in store


@pytest.mark.parametrize(
    "update",
    [
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o } USING <a:g> WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o } USING NAMED <a:g> WHERE { ?s ?p ?o }",
        "PREFIX : <a:> WITH:g DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "PREFIX : <a:> DELETE { ?s ?p ?o } USING:g WHERE { ?s ?p ?o }",
    ],
)
def test_two_datasets_contradict_each_other(update: str) -> None:
    Store().update(update)
    with pytest.raises(ValueError, match=r"WITH|USING"):
        with_dataset(update, ["a:h"], [])


@pytest.mark.parametrize(
    ("update", "all_of_it"),
    [
        ("CLEAR ALL", True),
        ("drop silent all ; INSERT DATA { <a:s> <a:p> 1 }", True),
        ("CLEAR DEFAULT ; CLEAR NAMED", False),
        ("INSERT DATA { <a:all> <a:p> 'ALL' } # ALL", False),
        ("PREFIX all: <a:> COPY all:a TO all:b", False),
    ],
)
def test_what_empties_the_store_is_known(update: str, all_of_it: bool) -> None:
    assert empties(update) is all_of_it
