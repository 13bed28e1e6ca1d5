// Unpacks LZMA, which packs the data of a page a quarter smaller than deflate, which browsers unpack
// themselves: it finds repetitions in the whole of the data, and not within 32 KB.
//
// After the "LZMA specification" by Igor Pavlov (2015, public domain); names are the specification's.

const HEADER = 13; // properties, size of the dictionary (4), size of the content (8), all unused but the first
const END = 0xffffffff;
const MATCH = 2; // the shortest match

/**
 * Unpacks a `.lzma` file that says its own end.
 * @param {Uint8Array} packed
 * @returns {Uint8Array}
 * @throws {Error} when it ends too early, or refers to what is not there
 */
export function unpackLzma(packed) {
  const coder = new RangeDecoder(packed, HEADER);
  const lc = packed[0] % 9;
  const lp = Math.floor(packed[0] / 9) % 5;
  const pb = Math.floor(packed[0] / 45);
  const literals = probabilities(0x300 << (lc + lp));
  const isMatch = probabilities(12 << 4);
  const isRep = probabilities(12);
  const isRepG0 = probabilities(12);
  const isRepG1 = probabilities(12);
  const isRepG2 = probabilities(12);
  const isRep0Long = probabilities(12 << 4);
  const slots = probabilities(4 << 6);
  const distances = probabilities(128);
  const align = probabilities(16);
  const matchLength = new LengthDecoder(coder);
  const repLength = new LengthDecoder(coder);

  let out = new Uint8Array(8 * packed.length + 1024);
  let end = 0;
  let state = 0;
  let [rep0, rep1, rep2, rep3] = [0, 0, 0, 0];

  for (;;) {
    const posState = end & ((1 << pb) - 1);
    let length = 1;
    if (coder.bit(isMatch, (state << 4) + posState) === 0) {
      const before = end > 0 ? out[end - 1] : 0;
      const offset = 0x300 * (((end & ((1 << lp) - 1)) << lc) + (before >> (8 - lc)));
      let symbol = 1;
      if (state >= 7) {
        let matched = out[end - rep0 - 1];
        while (symbol < 0x100) {
          const expected = (matched >> 7) & 1;
          matched <<= 1;
          const bit = coder.bit(literals, offset + ((1 + expected) << 8) + symbol);
          symbol = (symbol << 1) | bit;
          if (bit !== expected) break;
        }
      }
      while (symbol < 0x100) symbol = (symbol << 1) | coder.bit(literals, offset + symbol);
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      out = roomFor(out, end + 1);
      out[end] = symbol;
      end += 1;
      continue;
    }
    if (coder.bit(isRep, state) === 0) {
      [rep1, rep2, rep3] = [rep0, rep1, rep2];
      length = matchLength.next(posState);
      state = state < 7 ? 7 : 10;
      rep0 = nextDistance(coder, length, slots, distances, align);
      if (rep0 === END) return out.subarray(0, end);
      length += MATCH;
    } else {
      let short = false;
      if (coder.bit(isRepG0, state) === 0) {
        short = coder.bit(isRep0Long, (state << 4) + posState) === 0;
      } else {
        let distance = rep1;
        if (coder.bit(isRepG1, state) === 1) {
          if (coder.bit(isRepG2, state) === 0) distance = rep2;
          else [distance, rep3] = [rep3, rep2];
          rep2 = rep1;
        }
        [rep0, rep1] = [distance, rep0];
      }
      if (short) {
        state = state < 7 ? 9 : 11;
      } else {
        length = repLength.next(posState) + MATCH;
        state = state < 7 ? 8 : 11;
      }
    }
    if (rep0 >= end) throw new Error("The packed data refers to what is not there.");
    out = roomFor(out, end + length);
    for (const last = end + length; end < last; end += 1) out[end] = out[end - rep0 - 1];
  }
}

function nextDistance(coder, length, slots, distances, align) {
  const slot = coder.tree(slots, Math.min(length, 3) << 6, 6);
  if (slot < 4) return slot;
  const bits = (slot >> 1) - 1;
  const base = (2 | (slot & 1)) * 2 ** bits;
  if (slot < 14) return base + coder.reverseTree(distances, base - slot, bits);
  return base + coder.direct(bits - 4) * 16 + coder.reverseTree(align, 0, 4);
}

function roomFor(out, length) {
  if (length <= out.length) return out;
  const larger = new Uint8Array(2 * length);
  larger.set(out);
  return larger;
}

function probabilities(count) {
  return new Uint16Array(count).fill(1024);
}

class RangeDecoder {
  constructor(bytes, start) {
    this.bytes = bytes;
    this.place = start + 1;
    this.range = 0xffffffff;
    this.code = 0;
    for (let byte = 0; byte < 4; byte += 1) this.code = (this.code << 8) | this.#next();
    this.code >>>= 0;
  }

  bit(probabilities, index) {
    const probability = probabilities[index];
    const bound = (this.range >>> 11) * probability;
    let bit = 0;
    if (this.code < bound) {
      this.range = bound;
      probabilities[index] = probability + ((2048 - probability) >> 5);
    } else {
      this.range -= bound;
      this.code -= bound;
      probabilities[index] = probability - (probability >> 5);
      bit = 1;
    }
    if (this.range < 0x1000000) this.#normalise();
    return bit;
  }

  /** Bits that are all as likely as not. */
  direct(count) {
    let result = 0;
    for (let bit = 0; bit < count; bit += 1) {
      this.range >>>= 1;
      result *= 2;
      if (this.code >= this.range) {
        this.code -= this.range;
        result += 1;
      }
      if (this.range < 0x1000000) this.#normalise();
    }
    return result;
  }

  tree(probabilities, offset, count) {
    let node = 1;
    for (let bit = 0; bit < count; bit += 1) node = (node << 1) | this.bit(probabilities, offset + node);
    return node - (1 << count);
  }

  reverseTree(probabilities, offset, count) {
    let node = 1;
    let result = 0;
    for (let place = 0; place < count; place += 1) {
      const bit = this.bit(probabilities, offset + node);
      node = (node << 1) | bit;
      result |= bit << place;
    }
    return result;
  }

  #normalise() {
    this.range = (this.range << 8) >>> 0;
    this.code = ((this.code << 8) | this.#next()) >>> 0;
  }

  #next() {
    if (this.place >= this.bytes.length) throw new Error("The packed data ends too early.");
    this.place += 1;
    return this.bytes[this.place - 1];
  }
}

class LengthDecoder {
  constructor(coder) {
    this.coder = coder;
    this.choices = probabilities(2);
    this.low = probabilities(16 << 3);
    this.middle = probabilities(16 << 3);
    this.high = probabilities(256);
  }

  next(posState) {
    if (this.coder.bit(this.choices, 0) === 0) return this.coder.tree(this.low, posState << 3, 3);
    if (this.coder.bit(this.choices, 1) === 0) return 8 + this.coder.tree(this.middle, posState << 3, 3);
    return 16 + this.coder.tree(this.high, 0, 8);
  }
}
