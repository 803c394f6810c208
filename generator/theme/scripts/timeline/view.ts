/** What a reader has chosen, and its address: a view can be sent to somebody else. */

import { dayOf, textOf, type Data } from "./data.js";

export const LANES = ["kind", "state", "actor", "topic"] as const;
export type Lanes = (typeof LANES)[number];

export interface View {
  from: number | null;
  to: number | null;
  lanes: Lanes;
  group: number | null;
  type: string;
  status: string;
  actor: string;
  other: string;
  place: string;
  topic: string;
  event: string;
}

const TEXTS = ["type", "status", "actor", "other", "place", "topic", "event"] as const;

export function read(search: string): View {
  const given = new URLSearchParams(search);
  const lanes = given.get("lanes");
  const group = given.get("group");
  const view: View = {
    from: dayOf(given.get("from")),
    to: dayOf(given.get("to")),
    lanes: LANES.find((known) => known === lanes) ?? "kind",
    group: group !== null && /^\d+$/.test(group) ? Number(group) : null,
    type: "",
    status: "",
    actor: "",
    other: "",
    place: "",
    topic: "",
    event: "",
  };
  for (const key of TEXTS) view[key] = given.get(key) ?? "";
  return view;
}

export function write(view: View): string {
  const said = new URLSearchParams();
  if (view.lanes !== "kind") said.set("lanes", view.lanes);
  if (view.group !== null) said.set("group", String(view.group));
  for (const key of TEXTS) if (view[key]) said.set(key, view[key]);
  if (view.from !== null && view.to !== null) {
    said.set("from", textOf(view.from));
    said.set("to", textOf(view.to));
  }
  const text = said.toString();
  return text ? `?${text}` : "";
}

/** The events that the filters let through, in their order. */
export function chosen(data: Data, view: View): number[] {
  const place = (table: { id: string }[], id: string) => (id ? table.findIndex((entry) => entry.id === id) : -1);
  const { events, types } = data;
  const wanted = {
    type: place(types, view.type),
    actor: place(data.actors, view.actor),
    other: place(data.actors, view.other),
    place: place(data.places, view.place),
    topic: place(data.topics, view.topic),
    status: view.status ? data.statuses.findIndex(({ id }) => id === view.status) : -1,
  };
  // A state takes part by those who acted for it.
  const takesPart = (event: number, actor: number) =>
    events.actors[event]!.includes(actor) || events.states[event]!.includes(data.states.indexOf(actor));
  const found: number[] = [];
  for (let event = 0; event < data.count; event++) {
    if (view.group !== null && types[events.type[event]!]!.group !== view.group) continue;
    if (wanted.type >= 0 && events.type[event] !== wanted.type) continue;
    if (wanted.status >= 0 && events.status[event] !== wanted.status) continue;
    if (wanted.actor >= 0 && !takesPart(event, wanted.actor)) continue;
    if (wanted.other >= 0 && !takesPart(event, wanted.other)) continue;
    if (wanted.place >= 0 && !events.places[event]!.includes(wanted.place)) continue;
    if (wanted.topic >= 0 && !events.topics[event]!.includes(wanted.topic)) continue;
    found.push(event);
  }
  return found;
}
