// The query in the address: packed, so that a link stays short, and readable where somebody wrote it by hand.

const packed = "q";

/**
 * The fragment that stands for a query and the view of its answer.
 * @param {string} query
 * @param {string} view
 */
export async function fragmentOf(query, view) {
  const stream = new Blob([query]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  const text = btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return `#${packed}=${text}${view === "table" ? "" : `&view=${view}`}`;
}

/**
 * What an address asks for: `#q=` as made here, or `query=` in the fragment or the query string.
 * @param {URL | Location} address
 * @returns {Promise<{query: string | null, view: string | null}>} `query` is null where there is none, or none that can be read
 */
export async function askedFor(address) {
  const fragment = new URLSearchParams(address.hash.slice(1));
  const query = fragment.get(packed) === null ? (fragment.get("query") ?? new URLSearchParams(address.search).get("query")) : await unpacked(fragment.get(packed) ?? "");
  return { query: query?.trim() ? query : null, view: fragment.get("view") };
}

async function unpacked(text) {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
    return await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
  } catch {
    return null;
  }
}
