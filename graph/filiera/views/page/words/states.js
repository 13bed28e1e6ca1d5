// Words for when there is nothing to show yet, or nothing can be shown.

export const states = {
  it: {
    loading: "Si carica la rete",
    loadingHelp: "Arrivano voci, legami e fonti.",
    noAnswer: "Il server non risponde",
    noAnswerHelp: "La rete accetta la richiesta, ma i dati non arrivano. Spesso basta riprovare tra un momento.",
    unreachable: "Il server non si raggiunge",
    unreachableHelp: "Il programma che serve questa pagina è spento, oppure manca la rete.",
    refused: "Il server non dà i dati",
    refusedHelp: "Ha risposto con un errore. Se capita ancora, lo dica a chi lo gestisce.",
    tryAgain: "Riprova",
    overviewOf: "Le {n} comunità della rete, con quante voci hanno.",
    overviewMaking: "Il server prepara le singole voci: arrivano da sé.",
    overviewComing: "Arrivano le singole voci.",
    overviewWanted: "{name} si apre tra poco.",
  },
  en: {
    loading: "Loading the network",
    loadingHelp: "Entries, ties and sources are on their way.",
    noAnswer: "The server does not answer",
    noAnswerHelp: "The network accepts the request, but the data does not arrive. Trying again in a moment often helps.",
    unreachable: "The server cannot be reached",
    unreachableHelp: "The program that serves this page is off, or there is no network.",
    refused: "The server does not give the data",
    refusedHelp: "It answered with an error. If this happens again, tell the person who runs it.",
    tryAgain: "Try again",
    overviewOf: "The {n} communities of the network, with how many entries they have.",
    overviewMaking: "The server is preparing the single entries: they come by themselves.",
    overviewComing: "The single entries are on their way.",
    overviewWanted: "{name} opens in a moment.",
  },
};
