"""What is wrong with a command line, told in Italian."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("asks",), "Non c'è un comando 'asks'. Forse 'ask'?"),
        (("ask",), "Manca l'argomento 'QUESTION'."),
        (("show", "acme", "--frob"), "Non c'è un'opzione --frob. Forse --force?"),
        (("network", "page"), "C'è qualcosa di troppo: page"),
        (
            ("brokers", "--top", "x"),
            "Il valore di '--top' non va bene: 'x' non è un numero intero.",
        ),
        (
            ("serve", "--port", "70000"),
            "Il valore di '--port' non va bene: 70000 non sta nell'intervallo 0<=x<=65535.",
        ),
        (
            ("gaps", "batteries", "--format", "doc"),
            "Il valore di '--format' non va bene: 'doc' non è fra 'text', 'json', 'md'.",
        ),
        (("show", "acme", "--force=1"), "L'opzione '--force' non prende un valore."),
        (("brokers", "--at"), "L'opzione '--at' vuole un valore."),
    ],
)
def test_the_command_line_is_told_in_italian(
    run: Run, arguments: tuple[str, ...], told: str
) -> None:
    # An option that wants a value must stand last.
    ran = run(arguments[0], "--lang", "it", *arguments[1:])
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-1] == f"Errore: {told}"
    assert "Usage" not in ran.err
    assert "Try" not in ran.err


def test_in_english_the_parser_speaks_for_itself(run: Run) -> None:
    ran = run("show", "acme", "--frob")
    assert ran.code == 2
    assert "No such option: --frob" in ran.err
