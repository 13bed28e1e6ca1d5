"""Italian-looking names, invented by combination: no firm and no person is meant.

Each name follows from its number alone, so that the tables can be written one after the other
without keeping a million names in mind.
"""

from __future__ import annotations

from filiera.facts.slugs import slugify

__all__ = ["CAPACITY", "InventedNames"]


def _parts(mark: str, text: str) -> list[str]:
    return text.split(mark)


# All of three letters, so that two different pairs never join to the same stem.
_HEADS = _parts(
    " ",
    "Bal Bar Bel Ber Bor Bur Cal Cam Cor Cos Dal Dor Fal Far Fer Fol Gal Gar Ghi Gor "
    "Lam Lar Lon Lor Mal Mar Mel Mor Nal Nor Pal Par Pel Por Ras Rov Sal Ser Tor Val",
)
_MIDDLES = _parts(
    " ",
    "bar ben ber bon cal cam cor den dor fal fan fin gal gar gon lan lar len lin lon "
    "man mar men mon nar nel nol pan per pon ran rel ros sar sel tan tel ton van zon",
)
_TAILS = _parts(
    " ",
    "acci aldi ali ani ara asco ati azzi ecchi elli enghi eri etti iani icchi igo ini "
    "iroli oli one otti ucci uni uzzi",
)
_TRADES = _parts(
    "|",
    "Automazioni|Carpenteria|Compositi|Costruzioni Meccaniche|Elettronica|Fonderie|Idraulica|"
    "Impianti|Ingranaggi|Ingegneria|Lavorazioni|Macchine|Meccanica|Meccatronica|Motori|Officine|"
    "Oleodinamica|Pompe|Precisione|Riduttori|Robotica|Saldature|Sensori|Servizi Tecnici|Sistemi|"
    "Stampi|Studio Tecnico|Tecnologie|Torneria|Trasmissioni|Trattamenti Termici|Utensili|"
    "Valvole|Veicoli|Verniciature|Attuatori|Batterie|Cablaggi|Cuscinetti|Laboratori",
)
_FIRST = _parts(
    " ",
    "Ada Alba Aldo Anna Bruno Carla Dario Elena Enzo Fabio Gina Ivo Laura Lidia Luca Mara "
    "Mirco Nadia Omar Paola Piero Rita Sara Silvio Teo Ugo Vera Walter Zita Marta",
)

_STEMS = len(_HEADS) * len(_MIDDLES) * len(_TAILS)
CAPACITY = _STEMS * len(_TRADES)
"""How many different names of organisations there are."""

_STRIDE = 1_000_003
"""Prime to the capacity, so that neighbouring numbers give unlike names and none comes twice."""


class InventedNames:
    """Names by number; ``offset`` shifts the numbering, so that another seed has other names."""

    def __init__(self, offset: int) -> None:
        self._offset = offset

    def organisation(self, number: int) -> tuple[str, str]:
        """(id, name) of an organisation; different for every number below the capacity."""
        stem, trade = divmod(self._shuffled(number), len(_TRADES))
        name = f"{_TRADES[trade]} {_stem(stem)}"
        return slugify(name), name

    def other(self, kind: str, number: int) -> tuple[str, str]:
        """(id, name) of a thing of another kind, such as ``Rete`` or ``Progetto``."""
        name = f"{kind} {_stem(self._shuffled(number) % _STEMS)} {number + 1}"
        return slugify(name), name

    def person(self, number: int) -> str:
        """First and last name; a few persons share one, as people do."""
        last, first = divmod(self._shuffled(number), len(_FIRST))
        return f"{_FIRST[first]} {_stem(last)}"

    def _shuffled(self, number: int) -> int:
        return (number * _STRIDE + self._offset) % CAPACITY


def _stem(number: int) -> str:
    number, tail = divmod(number, len(_TAILS))
    head, middle = divmod(number, len(_MIDDLES))
    return _HEADS[head % len(_HEADS)] + _MIDDLES[middle] + _TAILS[tail]
