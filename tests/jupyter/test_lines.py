"""What people write behind a magic."""

from __future__ import annotations

import pytest

from filiera.errors import UsageError
from filiera.jupyter.lines import AskLine, Options, options_of, read_ask


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("brokers", AskLine("brokers", {})),
        ("gaps chain=batteries", AskLine("gaps", {"chain": "batteries"})),
        (
            'partners need="battery management system" near=Reggio Emilia within=60',
            AskLine(
                "partners",
                {"need": "battery management system", "near": "Reggio Emilia", "within": "60"},
            ),
        ),
        ("paths from='E80 Group' to=Sant'Agata", AskLine(
            "paths", {"from": "E80 Group", "to": "Sant'Agata"})),
        ("partners need=bms weights=distance=30,ties=0", AskLine(
            "partners", {"need": "bms", "weights": "distance=30,ties=0"})),
        ("gaps chain=batteries --lang it -o answer --graph eco", AskLine(
            "gaps", {"chain": "batteries"}, Options("it", "eco", "answer"))),
        ('partners need="a --lang x" --lang=en', AskLine(
            "partners", {"need": "a --lang x"}, Options("en"))),
    ],
)  # fmt: skip
def test_a_line_is_read_as_it_was_meant(line: str, read: AskLine) -> None:
    assert read_ask(line) == read


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "name of a question or analysis first"),
        ("chain=batteries", "name of a question or analysis first"),
        ("gaps batteries", "“batteries” is no parameter; write it as key=value"),
        ('gaps chain="a" b', "“b” is no parameter"),
        ("gaps chain=a chain=b", "“chain” is given twice"),
        ("gaps --lang de", "takes it or en, not “de”"),
        ("gaps --lang", "--lang wants it|en behind it"),
        ("gaps -o 2x", "the name of a variable, not “2x”"),
    ],
)
def test_what_cannot_be_read_is_said(line: str, said: str) -> None:
    with pytest.raises(UsageError) as error:
        read_ask(line)
    assert said in error.value.message


def test_options_leave_the_rest_of_the_line() -> None:
    assert options_of(" --lang  en   rest ") == (Options("en"), "rest")
