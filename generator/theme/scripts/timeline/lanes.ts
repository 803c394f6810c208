/** Which events stand in which lane, and in which row of it: a greedy packing that depends on the zoom alone. */

import { say } from "../shared/words.js";
import type { Data } from "./data.js";
import type { Lanes } from "./view.js";

export interface Lane {
  label: string;
  events: number[];
}

export const MOST_LANES = 8;

/** The lanes of a view; an event with several actors, states or topics stands in each of their lanes. */
export function lanesOf(data: Data, events: number[], by: Lanes): Lane[] {
  const { type, states, actors, topics } = data.events;
  const keys: Record<Lanes, (event: number) => number[]> = {
    kind: (event) => [data.types[type[event]!]!.group],
    state: (event) => states[event]!,
    actor: (event) => actors[event]!,
    topic: (event) => topics[event]!,
  };
  const names: Record<Lanes, (key: number) => string> = {
    kind: (key) => data.groups[key]!.label,
    state: (key) => data.actors[data.states[key]!]!.name,
    actor: (key) => data.actors[key]!.name,
    topic: (key) => data.topics[key]!.name,
  };
  const found = new Map<number, number[]>();
  const none: number[] = [];
  for (const event of events) {
    const own = keys[by](event);
    if (!own.length) none.push(event);
    for (const key of own) {
      const lane = found.get(key);
      if (lane) lane.push(event);
      else found.set(key, [event]);
    }
  }
  const entries = [...found];
  if (by === "kind") entries.sort(([a], [b]) => a - b);
  else entries.sort(([a, x], [b, y]) => y.length - x.length || a - b);
  const kept = entries.slice(0, MOST_LANES).map(([key, own]) => ({ label: names[by](key), events: own }));
  const rest = [...new Set([...entries.slice(MOST_LANES).flatMap(([, own]) => own), ...none])].sort((a, b) => a - b);
  return rest.length ? [...kept, { label: say("Others"), events: rest }] : kept;
}

export interface Packed {
  /** The row of each event of the lane. */
  rows: Uint8Array;
  /** Whether there is room for its title. */
  titled: Uint8Array;
  /** How many rows are used. */
  count: number;
  /** Whether there are more events than marks can show: then how many there are is drawn instead. */
  dense: boolean;
}

/** What share of a lane's events may lie over others before it is called dense. */
const CROWDED = 0.08;

/** Give each event the first row in which it and its title fit; where none is left, a row without its title. */
export function pack(
  events: number[],
  start: (event: number) => number,
  end: (event: number) => number,
  title: (event: number) => number,
  most: number,
): Packed {
  const rows = new Uint8Array(events.length);
  const titled = new Uint8Array(events.length);
  const taken = new Float64Array(most).fill(-Infinity);
  const marked = new Float64Array(most).fill(-Infinity);
  const before = new Int32Array(most).fill(-1);
  let count = 1;
  let over = 0;
  for (let place = 0; place < events.length; place++) {
    const event = events[place]!;
    const from = start(event);
    const to = end(event);
    const wide = to + title(event);
    let row = taken.findIndex((edge) => edge <= from);
    titled[place] = row >= 0 ? 1 : 0;
    if (row < 0) {
      // A mark is worth more than a title: the event before it in that row loses its own.
      row = marked.findIndex((edge) => edge <= from);
      if (row >= 0) titled[before[row]!] = 0;
    }
    if (row < 0) {
      row = place % most;
      titled[before[row]!] = 0;
      over++;
    }
    before[row] = place;
    rows[place] = row;
    marked[row] = Math.max(marked[row]!, to + 1);
    taken[row] = titled[place] ? wide : Math.max(marked[row]!, to + 1);
    count = Math.max(count, row + 1);
  }
  return { rows, titled, count, dense: over > CROWDED * events.length && over > 20 };
}
