"""What the measures of brokers mean, in plain sentences, and where they come from."""

from __future__ import annotations

from typing import NamedTuple

from filiera.texts import Text

__all__ = ["EXPLAINED", "METHOD", "Explained"]


class Explained(NamedTuple):
    """A measure: its name, what it tells in a plain sentence, and its reference."""

    name: Text
    meaning: Text
    reference: str


EXPLAINED: dict[str, Explained] = {
    "betweenness": Explained(
        Text("intermediazione", "betweenness"),
        Text(
            "quota delle coppie di altri nodi i cui cammini più brevi passano di qui:"
            " chi l'ha alta sta in mezzo",
            "share of the pairs of others whose shortest ways lead through here:"
            " who has much of it stands in the middle",
        ),
        "Freeman, L. C. (1977). A Set of Measures of Centrality Based on Betweenness. Sociometry"
        " 40(1), 35–41. https://doi.org/10.2307/3033543",
    ),
    "constraint": Explained(
        Text("vincolo", "constraint"),
        Text(
            "quanto i vicini sono legati anche tra loro e pochi: un valore basso dice che molti"
            " si incontrano solo qui, uno alto (da 1 in su) che c'è un solo giro",
            "how few the neighbours are and how much they are linked to each other: a low value"
            " says that many meet only here, a high one (1 and above) that there is one circle",
        ),
        "Burt, R. S. (1992). Structural Holes: The Social Structure of Competition. Harvard"
        " University Press.",
    ),
    "articulation": Explained(
        Text("punto di articolazione", "articulation point"),
        Text(
            "un nodo senza il quale una parte della rete resta staccata dal resto",
            "a thing without which a part of the network is cut off from the rest",
        ),
        "Hopcroft, J., & Tarjan, R. (1973). Algorithm 447: Efficient Algorithms for Graph"
        " Manipulation. Communications of the ACM 16(6), 372–378."
        " https://doi.org/10.1145/362248.362272",
    ),
    "leiden": Explained(
        Text("comunità (Leiden)", "communities (Leiden)"),
        Text(
            "gruppi con più legami al loro interno di quanti ne darebbe il caso",
            "groups with more links inside than chance would give",
        ),
        "Traag, V. A., Waltman, L., & van Eck, N. J. (2019). From Louvain to Leiden: guaranteeing"
        " well-connected communities. Scientific Reports 9, 5233."
        " https://doi.org/10.1038/s41598-019-41695-z",
    ),
    "louvain": Explained(
        Text("comunità (Louvain)", "communities (Louvain)"),
        Text(
            "gruppi con più legami al loro interno di quanti ne darebbe il caso; trovati con"
            " Louvain perché igraph, che ha Leiden, non è installato",
            "groups with more links inside than chance would give; found by Louvain, since igraph,"
            " which has Leiden, is not installed",
        ),
        "Blondel, V. D., Guillaume, J.-L., Lambiotte, R., & Lefebvre, E. (2008). Fast unfolding of"
        " communities in large networks. Journal of Statistical Mechanics, P10008."
        " https://doi.org/10.1088/1742-5468/2008/10/P10008",
    ),
}
"""The measures by name."""

METHOD = Text(
    "La rete: {things} organizzazioni, organismi e progetti; un arco senza verso per ogni coppia"
    " unita da almeno un fatto ({pairs} archi da {facts} fatti: legami, adesioni, partecipazioni"
    " a progetti, strutture; non le persone in carica), {day}. {linked} nodi hanno almeno un arco."
    " Le misure valgono per ciò che questo grafo sa: chi è poco raccontato appare poco centrale.",
    "The network: {things} organisations, bodies and projects; one undirected edge for each pair"
    " that at least one fact joins ({pairs} edges out of {facts} facts: ties, memberships,"
    " participations in projects, structures; not people in office), {day}. {linked} things have"
    " at least one edge. The measures hold for what this graph knows: who is seldom written about"
    " looks less central.",
)
"""What the measures were computed on."""
