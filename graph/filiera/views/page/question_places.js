// Answers on a map: a circle at each place, by what is counted there.

import { make } from "./dom.js";
import { inLanguage, number, say } from "./language.js";
import { thingOf } from "./question_links.js";

/** @typedef {import("./data.js").Page} Page */
/** @typedef {import("./dimensions.js").Place} Place */
/** @typedef {import("./question_table.js").Answer} Answer */

/** @typedef {{left: number, right: number, top: number, bottom: number}} Box */

/** A place with its point and what is counted there. @typedef {{place: Place, at: [number, number], count: number}} Spot */

const room = 0.12;
const leastDegrees = 0.5;
const farthest = 4;
const mostLabels = 14;
const letter = 7.2; // about as wide as a letter of a label

/**
 * @param {Page} page
 * @param {Answer} answer
 * @returns {HTMLElement | null} null when no place of the answer has a point
 */
export function places(page, answer) {
  const wide = innerWidth > 900 ? 720 : 340;
  const { spots, unplaced } = spotsOf(page, answer);
  if (spots.length === 0) return null;
  const near = around(spots);
  const far = unplaced + spots.filter((spot) => !near.includes(spot)).length;
  const frame = frameOf(near, wide);
  const svg = drawing("svg", { viewBox: `0 0 ${wide} ${frame.high}`, role: "img", "aria-label": near.map((spot) => `${inLanguage(spot.place.label)}: ${number(spot.count)}`).join("; ") });
  svg.append(drawing("path", { class: "land", d: borders(page, frame) }));
  const greatest = Math.max(...near.map((spot) => spot.count));
  const radiusOf = (spot) => 4 + (wide / 36) * Math.sqrt(spot.count / greatest);
  const bySize = near.toSorted((a, b) => b.count - a.count);
  /** @type {Box[]} */
  const circles = [];
  /** @type {Box[]} */
  const labels = [];
  for (const spot of bySize) {
    const [x, y] = frame.point(spot.at);
    const r = radiusOf(spot);
    svg.append(drawing("circle", { class: "spot", cx: x, cy: y, r }));
    circles.push({ left: x - r, right: x + r, top: y - r, bottom: y + r });
  }
  for (const spot of bySize.slice(0, mostLabels)) label(svg, frame, spot, radiusOf(spot), circles, labels);
  return make("figure", { class: "answer-drawing places" }, svg, far > 0 && make("figcaption", {}, say("questionsOffMap", { n: far })));
}

/** The places of the answer with their points: their own, else the middle of the towns in them. */
function spotsOf(page, answer) {
  const counted = answer.columns.find((column) => column.kind === "number" && column.name !== "sources");
  const byId = new Map(page.places.map((place) => [place.id, place]));
  /** @type {Map<Place, Spot>} */
  const spots = new Map();
  let unplaced = 0;
  for (const row of answer.rows) {
    const place = placeIn(page, byId, answer, row);
    const at = place && middle(page, place);
    if (!place || !at) {
      unplaced += 1;
      continue;
    }
    const spot = spots.get(place) ?? { place, at, count: 0 };
    spot.count += counted && typeof row[counted.name] === "number" ? row[counted.name] : 1;
    spots.set(place, spot);
  }
  return { spots: [...spots.values()], unplaced };
}

function placeIn(page, byId, answer, row) {
  for (const column of answer.columns) {
    const iri = column.kind === "thing" ? row[column.name] : null;
    const place = /\/place\/([^/]+)$/.exec(iri ?? "");
    if (place) return byId.get(place[1]);
  }
  for (const column of answer.columns) {
    const thing = column.kind === "thing" ? thingOf(page, row[column.name]) : undefined;
    if (thing?.place) return thing.place;
  }
  return undefined;
}

/** @param {Page} page @param {Place} place @returns {[number, number] | null} */
function middle(page, place) {
  if (place.at) return place.at;
  const within = page.places.filter((each) => each.at && (each.province === place || each.region === place || each.country === place));
  if (within.length === 0) return null;
  const mean = (side) => within.reduce((sum, each) => sum + /** @type {[number, number]} */ (each.at)[side], 0) / within.length;
  return [mean(0), mean(1)];
}

/** The spots around the weightiest one, so that one seat abroad does not shrink the region to a point. */
function around(spots) {
  const [first] = spots.toSorted((a, b) => b.count - a.count);
  const close = spots.filter((spot) => Math.hypot(spot.at[0] - first.at[0], spot.at[1] - first.at[1]) < farthest);
  return close.length >= spots.length / 2 ? close : spots;
}

/** A flat map of a box of degrees: east–west is shortened by the cosine of the middle latitude. */
function frameOf(spots, wide) {
  const lats = spots.map(({ at }) => at[0]);
  const lons = spots.map(({ at }) => at[1]);
  const box = { south: Math.min(...lats), north: Math.max(...lats), west: Math.min(...lons), east: Math.max(...lons) };
  const margin = Math.max(leastDegrees, room * Math.max(box.north - box.south, box.east - box.west));
  const [south, north, west, east] = [box.south - margin, box.north + margin, box.west - margin, box.east + margin];
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = wide / ((east - west) * squeeze);
  const high = Math.min(560, (north - south) * scale);
  const shrink = high / ((north - south) * scale);
  return {
    wide,
    high,
    west,
    east,
    south,
    north,
    /** @param {number[]} at @returns {[number, number]} */
    point: ([lat, lon]) => [(wide * (1 - shrink)) / 2 + (lon - west) * squeeze * scale * shrink, (north - lat) * scale * shrink],
  };
}

/** The borders of provinces and countries that cross the frame, as one path. */
function borders(page, frame) {
  const { outline } = page;
  if (!outline) return "";
  const path = [];
  for (const arc of outline.arcs) {
    let [x, y] = [0, 0];
    const points = [];
    for (let place = 0; place < arc.length; place += 2) {
      x += arc[place];
      y += arc[place + 1];
      points.push([y / outline.scale, x / outline.scale]);
    }
    if (!points.some(([lat, lon]) => lat > frame.south - 1 && lat < frame.north + 1 && lon > frame.west - 1 && lon < frame.east + 1)) continue;
    path.push(points.map((point, place) => `${place ? "L" : "M"}${frame.point(point).map((value) => value.toFixed(1)).join(" ")}`).join(""));
  }
  return path.join("");
}

/** The name and the number of a spot beside its circle, where they fit. */
function label(svg, frame, spot, radius, circles, labels) {
  const [x, y] = frame.point(spot.at);
  const text = `${inLanguage(spot.place.label)} ${number(spot.count)}`;
  const long = text.length * letter;
  const right = { left: x + radius + 3, right: x + radius + 6 + long, top: y - 9, bottom: y + 9 };
  const left = { left: x - radius - 6 - long, right: x - radius - 3, top: y - 9, bottom: y + 9 };
  const below = { left: x - long / 2, right: x + long / 2, top: y + radius + 2, bottom: y + radius + 20 };
  const above = { left: x - long / 2, right: x + long / 2, top: y - radius - 20, bottom: y - radius - 2 };
  const within = [right, left, below, above].filter((each) => each.left > 0 && each.right < frame.wide && labels.every((other) => apart(each, other)));
  const covered = (each) => circles.filter((other) => !apart(each, other)).length;
  const [box] = within.sort((a, b) => covered(a) - covered(b));
  if (!box) return;
  labels.push(box);
  svg.append(drawing("text", { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 + 4, "text-anchor": "middle" }, text));
}

function apart(one, other) {
  return one.right < other.left || one.left > other.right || one.bottom < other.top || one.top > other.bottom;
}

function drawing(tag, attributes, text = "") {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.textContent = text;
  return element;
}
