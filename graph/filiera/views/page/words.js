// Everything the page itself says, in both languages: one file of words for each view.

import { card } from "./words/card.js";
import { chain } from "./words/chain.js";
import { frame } from "./words/frame.js";
import { help } from "./words/help.js";
import { network } from "./words/network.js";
import { map } from "./words/map.js";
import { questions } from "./words/questions.js";
import { share } from "./words/share.js";
import { states } from "./words/states.js";
import { table } from "./words/table.js";
import { time } from "./words/time.js";

const files = [frame, card, help, share, states, network, chain, map, table, time, questions];

/** @type {{it: Record<string, string | string[]>, en: Record<string, string | string[]>}} */
export const words = {
  it: Object.assign({}, ...files.map((file) => file.it)),
  en: Object.assign({}, ...files.map((file) => file.en)),
};
