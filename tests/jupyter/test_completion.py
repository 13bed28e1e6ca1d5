"""Completion behind the magics, in a terminal and as a notebook asks for it."""

from __future__ import annotations

import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell

from filiera.jupyter.completion import Completion


def completed(shell: InteractiveShell, cell: str) -> list[str]:
    """The cell as it would read with each of the completions."""
    with provisionalcompleter():
        found = shell.Completer.completions(cell, len(cell))
        return [cell[: one.start] + one.text + cell[one.end :] for one in found]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("%ask ga", ["%ask gaps"]),
        ("%ask members-c", ["%ask members-changed"]),
        ("x = %ask ga", ["x = %ask gaps"]),
        ("%ask gaps ", ["%ask gaps chain=", "%ask gaps body=", "%ask gaps at="]),
        ("%ask gaps chain=batteries b", ["%ask gaps chain=batteries body="]),
        ("%ask partners near=Modena wi", ["%ask partners near=Modena within="]),
        ("%ask gaps chain=batt", ['%ask gaps chain="Batteries and mobile electrification"']),
        ("%ask gaps chain='batt", ["%ask gaps chain='Batteries and mobile electrification'"]),
        (
            "%ask paths from=toyota material handling m",
            ['%ask paths from="Toyota Material Handling Manufacturing Italy"'],
        ),
        ("%ask paths from=e80 to=manz it", ['%ask paths from=e80 to="Manz Italy"']),
        ("%ask partners near=Reggiol", ["%ask partners near=Reggiolo"]),
        ("%ask partners kind=racing t", ['%ask partners kind="racing team"']),
        ("%ask ties-of organisation=landi", ['%ask ties-of organisation="Landi Renzo"']),
        ("%ask gaps --la", ["%ask gaps --lang"]),
        ("%ask gaps --lang ", ["%ask gaps --lang it", "%ask gaps --lang en"]),
        ("%ask gaps --graph ", ["%ask gaps --graph eco"]),
        ("%questions --l", ["%questions --lang"]),
        ("%%sparql --g", ["%%sparql --graph"]),
        ("%%sparql\nSELECT ?member { ?m", ["%%sparql\nSELECT ?member { ?member"]),
        ("%%sparql\nASK { ?x fil:memberO", ["%%sparql\nASK { ?x fil:memberOf"]),
        (
            "%%sparql\nASK { ?x a org:Organi",
            [
                "%%sparql\nASK { ?x a org:Organization",
                "%%sparql\nASK { ?x a org:OrganizationalUnit",
            ],
        ),
        ("%%sparql\nASK { id:landi-ren", ["%%sparql\nASK { id:landi-renzo"]),
        ("%%sparql\nASK { ?x fi", ["%%sparql\nASK { ?x fil:", "%%sparql\nASK { ?x filter"]),
        ("%%sparql\nSEL", ["%%sparql\nSELECT"]),
    ],
)
def test_what_is_begun_is_completed(shell: InteractiveShell, line: str, wanted: list[str]) -> None:
    assert completed(shell, line) == wanted


@pytest.mark.parametrize(
    "cell",
    [
        "%ask members-at at=20",
        "%ask nothing par",
        "%ask partners need=two =",
        '%ask gaps chain=" ',
        "%%sparql\n# SEL",
        '%%sparql\nASK { ?x ?y "SEL',
        "%%sparql\nASK { ?x nope:a",
        "%%sparql\nASK { ",
        "%ask gaps -o ",
        "zzz_no_such_name",
    ],
)
def test_where_nothing_fits_nothing_is_offered(shell: InteractiveShell, cell: str) -> None:
    assert Completion(shell.user_ns).at(cell)[1] == []


def test_a_label_with_a_quotation_mark_is_put_in_the_other(shell: InteractiveShell) -> None:
    from filiera.jupyter.completion import quoted

    assert quoted("Sant'Agata", "") == '"Sant\'Agata"'
    assert quoted('The "one"', "") == "'The \"one\"'"
    assert quoted("Modena", "") == "Modena"


def test_names_need_an_open_graph_and_analyses_do_not() -> None:
    completion = Completion({})
    assert completion.at("%ask ga") == ("ga", ["gaps"])
    assert completion.at("%ask members-a") == ("members-a", [])
    assert completion.at("%ask members-at bo") == ("bo", [])
    assert completion.at("%ask gaps chain=b") == ("chain=b", [])
    assert completion.at("%%sparql\nASK { ?x fil:mem") == ("fil:mem", [])


def test_of_several_graphs_none_is_taken(shell: InteractiveShell) -> None:
    eco = shell.user_ns["eco"]
    other = type(eco)(eco.store, eco.dataset)
    assert Completion({"a": eco, "b": other}).at("%ask gaps chain=b")[1] == []


@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")  # readline still asks so
def test_the_line_interface_of_ipython_gets_the_same(shell: InteractiveShell) -> None:
    assert shell.complete("ga", "%ask ga", 7) == ("ga", ["gaps"])
