// The arrows between the cards of a chain: which stage feeds which, drawn behind them.

const space = "http://www.w3.org/2000/svg";

/**
 * Draws the arrows between the stages that stand side by side in a flow. Between stages of one
 * group the order of the cards says it; an arrow goes from group to group, once.
 * @param {HTMLElement} flow
 * @param {import("./dimensions.js").Chain} chain
 */
export function drawArrows(flow, chain) {
  flow.querySelector("svg.arrows")?.remove();
  const box = flow.getBoundingClientRect();
  if (box.width === 0) return;
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("class", "arrows");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("width", String(flow.scrollWidth));
  svg.setAttribute("height", String(flow.scrollHeight));
  const places = new Map();
  for (const card of flow.querySelectorAll(".chain-column > [data-stage]")) {
    const at = card.getBoundingClientRect();
    places.set(card.dataset.stage, {
      left: at.left - box.left,
      right: at.right - box.left,
      top: at.top - box.top,
      middle: at.top - box.top + Math.min(at.height / 2, 30),
      bottom: at.bottom - box.top,
      empty: card.dataset.status === "nobody",
    });
  }
  const upright = getComputedStyle(flow).flexDirection === "column";
  const head = (stage) => stage.parent ?? stage;
  const drawn = new Set();
  for (const stage of chain.stages) {
    for (const next of stage.feeds) {
      const [from, to] = [places.get(head(stage).id), places.get(head(next).id)];
      const key = `${head(stage).id} ${head(next).id}`;
      if (!from || !to || from === to || drawn.has(key)) continue;
      drawn.add(key);
      const line = upright ? null : path(from, to);
      if (!line) continue;
      const arrow = document.createElementNS(space, "path");
      arrow.setAttribute("d", line);
      const far = to.left - from.right > 60;
      arrow.setAttribute("class", ["arrow", from.empty && "broken", far && "far"].filter(Boolean).join(" "));
      arrow.dataset.from = head(stage).id;
      arrow.dataset.to = head(next).id;
      svg.append(arrow);
    }
  }
  flow.prepend(svg);
}

/**
 * Brings out the arrows of one stage and the stages at their other ends, or none.
 * @param {HTMLElement} flow
 * @param {string | null} stage id of a stage that stands in a column
 */
export function lightArrows(flow, stage) {
  const linked = new Set();
  for (const arrow of flow.querySelectorAll(".arrow")) {
    const ends = [arrow.dataset.from, arrow.dataset.to];
    const lit = stage !== null && ends.includes(stage);
    arrow.classList.toggle("lit", lit);
    if (lit) ends.forEach((end) => linked.add(end));
  }
  for (const card of flow.querySelectorAll(".chain-column > [data-stage]")) {
    card.toggleAttribute("data-linked", linked.has(card.dataset.stage));
  }
}

/** A soft curve from the right side of one card to the left side of another; back loops go below. */
function path(from, to) {
  const tip = 5;
  if (to.left >= from.right) {
    const bend = Math.max(14, (to.left - from.right) / 2);
    const [x, y] = [to.left - 2, to.middle];
    return `M${from.right} ${from.middle}C${from.right + bend} ${from.middle} ${x - bend} ${y} ${x} ${y}m${-tip} ${-tip}l${tip} ${tip}l${-tip} ${tip}`;
  }
  if (Math.abs(to.left - from.left) < 2) {
    const down = to.top > from.top;
    const x = from.left + 18;
    const [start, end] = down ? [from.bottom, to.top - 2] : [from.top, to.bottom + 2];
    return `M${x} ${start}V${end}m${-tip} ${down ? -tip : tip}l${tip} ${down ? tip : -tip}l${tip} ${down ? -tip : tip}`;
  }
  return null;
}
