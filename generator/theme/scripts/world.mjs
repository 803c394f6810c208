// Coasts and borders for the map of places: Natural Earth (public domain) at 1:50 million, from world-atlas, in tenths
// of a degree. Rings and lines are flat lists: longitude, latitude, longitude, latitude …
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { feature, mesh } from "topojson-client";

const LEAST = 5;
const file = createRequire(import.meta.url).resolve("world-atlas/countries-50m.json");
const atlas = JSON.parse(readFileSync(file, "utf8"));

function flat(line) {
  const points = line.map(([x, y]) => [Math.round(x * 10), Math.round(y * 10)]);
  return points.filter(([x, y], at) => !at || x !== points[at - 1][0] || y !== points[at - 1][1]).flat();
}

const rings = feature(atlas, atlas.objects.land).features.flatMap(({ geometry }) =>
  (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates).flatMap((polygon) => polygon.map(flat)),
);
const borders = mesh(atlas, atlas.objects.countries, (a, b) => a !== b).coordinates.map(flat);
const world = {
  // Without Antarctica, whose ring closes over the pole and in no picture of this projection.
  land: rings.filter((ring) => ring.length >= LEAST * 2 && ring.some((degree, at) => at % 2 && degree > -600)),
  borders: borders.filter((line) => line.length >= 4),
};
writeFileSync("dist/world.json", `${JSON.stringify(world)}\n`);
