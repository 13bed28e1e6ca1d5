"""The magics, run as a notebook runs them."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

import filiera
from filiera.answers.gap_model import Gaps
from filiera.answers.partner_model import Partners
from filiera.jupyter.magics import DEFAULT_NAME, graph_in
from filiera.results import Iri, Results
from filiera.vocabulary import ID


def run(shell: Any, cell: str) -> Any:
    """What comes of a cell; IPython leaves its types open."""
    return shell.run_cell(cell, store_history=True)


def refused(shell: InteractiveShell, cell: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What is shown in place of an answer."""
    capsys.readouterr()
    assert run(shell, cell).error_in_exec is not None
    shown = "".join(capsys.readouterr())
    assert "Traceback" not in shown
    return shown.strip()


def test_select_shows_labels_in_the_language_asked_for(shell: InteractiveShell) -> None:
    found = run(
        shell,
        "%%sparql --lang it -o relations\n"
        "SELECT ?r WHERE { VALUES ?r { <https://w3id.org/filiera/concept/relation/supplies> } }",
    ).result
    assert isinstance(found, Results)
    assert list(found.texts()) == [("fornisce",)]
    assert shell.user_ns["relations"] is found
    assert shell.user_ns["_"] is found


def test_ask_is_told_in_words(shell: InteractiveShell) -> None:
    yes = run(shell, "%%sparql -o so\nASK { id:landi-renzo fil:memberOf id:clust-er-mech }").result
    assert repr(yes) == "Yes: it is in the graph."
    assert shell.user_ns["so"] is True
    no = run(shell, "%%sparql --lang it\nASK { id:landi-renzo a id:nothing }").result
    assert repr(no) == "No: in questo grafo non c'è. Altrove può esserci."
    assert not no


@pytest.mark.parametrize(
    "form", ["CONSTRUCT WHERE { id:landi-renzo a ?c }", "DESCRIBE graph:seed-2020-07"]
)
def test_triples_are_a_table_with_labels(shell: InteractiveShell, form: str) -> None:
    table = run(shell, f"%%sparql\n{form}").result
    assert isinstance(table, Results)
    assert [column.title for column in table.columns] == ["Subject", "Predicate", "Object"]
    subject = table[0][0]
    assert isinstance(subject, Iri)
    if form.startswith("CONSTRUCT"):
        assert (subject, subject.label) == (ID.base + "landi-renzo", "Landi Renzo")
    else:
        assert subject.link == "https://mech.clust-er.it/?p=1154"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (
            "%%sparql\nSELECT ?o WHERE {\n ?o foo:bar 1 }",
            "The query is not well-formed SPARQL, line 2, column 12: Prefix not found\n"
            "     ?o foo:bar 1 }\n"
            "               ^",
        ),
        (
            "%%sparql --lang it\nSELECT ?o WHERE {\n ?o a 1 ",
            'La query non è SPARQL ben formato, riga 3, colonna 1: atteso uno fra ",", ".", ";",'
            ' "{", "{|", "}", "~"\n     ?o a 1\n           ^',
        ),
        (
            "%%sparql\nINSERT DATA { id:a a id:b }",
            "INSERT would change the graph; only SELECT, ASK, CONSTRUCT and DESCRIBE are answered",
        ),
        ("%%sparql hello\nASK {}", "“hello” is no option of %%sparql; the query goes below"),
        (
            "%%sparql --graph no\nASK {}",
            "no variable “no” holds a graph; open one: no = filiera.open_graph()",
        ),
        (
            "%ask gap chain=batteries",
            "no question or analysis “gap”; did you mean “gaps”? %questions lists them all",
        ),
        ("%ask gaps", "“gaps” needs chain=…, for example chain='chain-batteries'"),
        ("%ask gaps cain=x", "“gaps” has no parameter “cain”; it takes: chain, body, at"),
        (
            "%ask members-at at=soon",
            "the question “members-at”: at='soon' is not a date such as 2020, 2020-07 or"
            " 2020-07-08",
        ),
        ("%questions all", "“all” is no option of %questions"),
    ],
)
def test_an_error_is_a_sentence_and_no_traceback(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str], cell: str, said: str
) -> None:
    assert refused(shell, cell, capsys) == said


def test_questions_and_analyses_are_asked_by_name(shell: InteractiveShell) -> None:
    members = run(shell, "%ask members-at body=clust-er-mech at=2020-12-31").result
    assert isinstance(members, Results)
    assert (
        members.rows
        == shell.user_ns["eco"].ask("members-at", body="clust-er-mech", at="2020-12-31").rows
    )
    partners = run(
        shell,
        "%ask partners need=battery management system near=Reggio Emilia within=60 -o best",
    ).result
    assert isinstance(partners, Partners)
    assert partners.partners[0].label.en == "Flash Battery"
    assert shell.user_ns["best"] is partners


def test_an_analysis_is_shown_in_the_language_asked_for(shell: InteractiveShell) -> None:
    gaps = run(shell, "%ask gaps chain=batteries --lang it").result
    assert isinstance(gaps, Gaps)
    assert gaps._repr_markdown_().startswith("### Vuoti della filiera: Batterie")
    assert shell.user_ns["eco"].lang == "en"


def test_a_name_that_was_guessed_is_said(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    run(shell, "%ask ties-of organisation=landi renso")
    assert (
        "organisation: “landi renso” taken as Landi Renzo (landi-renzo)" in capsys.readouterr().out
    )


def test_what_can_be_asked_is_listed(shell: InteractiveShell) -> None:
    table = run(shell, "%questions --lang it -o all").result
    assert isinstance(table, Results)
    rows = {row[0]: row for row in table}
    assert rows["gaps"] == (
        "gaps", "analisi", "Vuoti di una filiera",
        "chain=chain-batteries body=clust-er-mech at=2026",
    )  # fmt: skip
    assert rows["members-at"][1] == "domanda"
    assert 'need="battery management system"' in str(rows["partners"][3])
    assert len(table) == len(shell.user_ns["eco"].questions()) + len(filiera.offered.ANSWERS)


def test_the_graph_is_that_of_the_session(
    ecosystem: filiera.Ecosystem,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("filiera.jupyter.magics.open_graph", lambda: ecosystem)
    variables: dict[str, Any] = {"other": ecosystem, "_": ecosystem, "text": "eco"}
    assert graph_in(variables) is ecosystem
    assert graph_in(variables, "other") is ecosystem
    second = filiera.Ecosystem(ecosystem.store, ecosystem.dataset)
    with pytest.raises(filiera.UsageError, match="several graphs are open: other, second"):
        graph_in({**variables, "second": second})
    assert graph_in({**variables, "eco": second}) is second
    empty: dict[str, Any] = {}
    assert graph_in(empty) is ecosystem
    assert empty == {DEFAULT_NAME: ecosystem}
    assert capsys.readouterr().out == (
        "No graph was open: the default one is open now, in the variable eco.\n"
    )


def test_unloading_takes_everything_away(shell: Any) -> None:
    shell.run_line_magic("unload_ext", "filiera")
    assert shell.find_cell_magic("sparql") is None
    assert shell.find_line_magic("ask") is None
    assert shell.Completer.custom_matchers == []
    shell.run_line_magic("load_ext", "filiera")
    shell.run_line_magic("reload_ext", "filiera")
    assert len(shell.Completer.custom_matchers) == 1


def test_a_terminal_shows_text_to_read(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    run(shell, "%ask gaps chain=batteries")
    assert "# Gaps of the value chain: Batteries" in capsys.readouterr().out
    run(shell, "%questions")
    assert "Name" in capsys.readouterr().out


def test_importing_filiera_brings_none_of_it() -> None:
    """Neither the program nor a script waits for what only notebooks need."""
    code = (
        "import sys, filiera, filiera.cli;"
        "print([name for name in ('IPython', 'matplotlib', 'pyvis', 'filiera.jupyter',"
        " 'filiera.views.plots') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "[]\n"
