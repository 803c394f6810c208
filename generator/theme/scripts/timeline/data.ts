/** The events as the site publishes them for the timeline: columns of equal length; see generator/timeline.py. */

export interface Named {
  id: string;
  name: string;
}

export interface Columns {
  id: string[];
  title: string[];
  date: string[];
  from: (number | null)[];
  to: (number | null)[];
  soft: number[];
  type: number[];
  status: number[];
  actors: number[][];
  states: number[][];
  places: number[][];
  topics: number[][];
}

export interface Published {
  version: number;
  groups: { label: string; colour: string }[];
  types: { id: string; label: string; group: number }[];
  statuses: Named[];
  actors: Named[];
  states: number[];
  places: Named[];
  topics: Named[];
  events: Columns;
  parts: Record<string, [number | null, number | null][]>;
}

export const SOFT_START = 1;
export const SOFT_END = 2;
export const DAY = 86_400_000;

/** The published data with what drawing needs: bounds as numbers, and the extent of all that is known. */
export interface Data extends Published {
  count: number;
  starts: Float64Array;
  ends: Float64Array;
  first: number;
  last: number;
}

export async function load(address: string): Promise<Data> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return prepared((await answer.json()) as Published);
}

/** Put open and unknown ends where they can be drawn: a little beyond the last known day. */
export function prepared(data: Published): Data {
  const { from, to } = data.events;
  const known = [...from, ...to].filter((day): day is number => day !== null);
  const first = known.reduce((a, b) => Math.min(a, b), Infinity);
  const last = known.reduce((a, b) => Math.max(a, b), -Infinity);
  const margin = Math.max(7, (last - first) * 0.02);
  const starts = Float64Array.from(from, (day) => day ?? first - margin);
  const ends = Float64Array.from(to, (day) => (day ?? last + margin) + 1);
  return { ...data, count: from.length, starts, ends, first, last: last + 1 };
}

/** The day number of a day, for any year: `Date.UTC` takes 0 to 99 for years of the twentieth century. */
export function dayNumber(year: number, month = 1, day = 1): number {
  return Math.round(new Date(0).setUTCFullYear(year, month - 1, day) / DAY);
}

export const yearOf = (day: number): number => new Date(Math.round(day) * DAY).getUTCFullYear();

/** The day number of a day as EDTF writes it, 2026-02-11 or -0044-03-15; null for anything else. */
export function dayOf(text: string | null): number | null {
  const found = text ? /^(-?\d{4,6})-(\d\d)-(\d\d)$/.exec(text) : null;
  if (!found) return null;
  const [year, month, day] = found.slice(1).map(Number) as [number, number, number];
  const number = dayNumber(year, month, day);
  return textOf(number) === text ? number : null;
}

/** A day as EDTF writes it: `Date` writes years before 0 and after 9999 with six digits. */
export function textOf(day: number): string {
  const date = new Date(Math.round(day) * DAY);
  const year = date.getUTCFullYear();
  const two = (value: number) => String(value).padStart(2, "0");
  return `${year < 0 ? "-" : ""}${String(Math.abs(year)).padStart(4, "0")}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
}
