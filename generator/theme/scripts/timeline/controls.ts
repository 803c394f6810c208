/** The filters above the picture: one row of labelled choices that say and change the view. */

import type { Data, Named } from "./data.js";
import { choice, make } from "../shared/elements.js";
import { say } from "../shared/words.js";
import type { Lanes, View } from "./view.js";

/** A value and what it is called. */
export type Choice = [string, string];

type Words = "type" | "status" | "actor" | "other" | "place" | "topic";

/** Marks a choice of all kinds of a group; no id holds a colon. */
const GROUP = "group:";

/** What a choice of a kind or a group says of the view. */
export function kindOf(value: string): Partial<View> {
  return value.startsWith(GROUP) ? { type: "", group: Number(value.slice(GROUP.length)) } : { type: value, group: null };
}

export class Controls {
  readonly form = make("form", { class: "timeline-controls" });
  private readonly lanes: HTMLSelectElement;
  private readonly fields = new Map<Words, HTMLSelectElement>();

  constructor(data: Data, changed: (change: Partial<View>) => void, bare: boolean) {
    this.form.addEventListener("submit", (event) => event.preventDefault());
    const [lanesLabel, lanes] = choice("lanes", say("Lanes"), [
      ["kind", say("Kinds")],
      ["state", say("States")],
      ["actor", say("Actors")],
      ["topic", say("Topics")],
    ]);
    this.lanes = lanes;
    lanes.addEventListener("change", () => changed({ lanes: lanes.value as Lanes }));
    this.form.append(lanesLabel);
    const actors = named(data.actors, data.events.actors, data.events.states, data.states);
    const places = named(data.places, data.events.places);
    const topics = named(data.topics, data.events.topics);
    const types = kindsOf(data);
    const said = new Set(data.events.status);
    const statuses = data.statuses.flatMap((status, number): Choice[] =>
      said.has(number) ? [[status.id, status.name]] : [],
    );
    const fields: [Words, string, string, Choice[]][] = [
      ["actor", say("Who"), say("Anyone"), actors],
      ["other", say("With"), say("Anyone"), actors],
      ["type", say("Kind"), say("All kinds"), types],
      ["topic", say("Topic"), say("All topics"), topics],
      ["place", say("Where"), say("Anywhere"), places],
      ["status", say("Status"), say("Any"), statuses],
    ];
    const wide = matchMedia("(min-width: 45em)").matches;
    const filters = make(wide ? "div" : "details", { class: "timeline-filters" });
    if (!wide) filters.append(make("summary", {}, say("Filters")));
    if (!bare) this.form.append(filters);
    for (const [key, label, all, options] of bare ? [] : fields) {
      const [element, select] = choice(key, label, [["", all], ...options]);
      select.addEventListener("change", () => changed(key === "type" ? kindOf(select.value) : { [key]: select.value }));
      this.fields.set(key, select);
      filters.append(element);
    }
  }

  show(view: View): void {
    this.lanes.value = view.lanes;
    const said = (key: Words) => (key === "type" && view.group !== null ? `${GROUP}${view.group}` : view[key]);
    const set = [...this.fields.keys()].some((key) => said(key));
    const filters = this.form.querySelector("details");
    if (filters && set) filters.open = true;
    for (const [key, select] of this.fields) select.value = said(key);
  }
}

function countOf(columns: number[][], size: number, more: number[][], ids: number[]): Uint32Array {
  const counts = new Uint32Array(size);
  for (const entries of columns) for (const entry of entries) counts[entry]!++;
  for (const entries of more) for (const entry of entries) counts[ids[entry]!]!++;
  return counts;
}

/** Those that events name, by name. */
export function named(table: Named[], columns: number[][], more: number[][] = [], ids: number[] = []): Choice[] {
  const counts = countOf(columns, table.length, more, ids);
  return table
    .flatMap(({ id, name }, number): Choice[] => (counts[number] ? [[id, name]] : []))
    .sort(([, a], [, b]) => a.localeCompare(b));
}

/** The kinds that events have, each below its group. */
export function kindsOf(data: Data): Choice[] {
  const kinds = new Set(data.events.type);
  return data.groups.flatMap((group, place): Choice[] => {
    const own = data.types.flatMap(({ id, label, group: its }, number): Choice[] =>
      its === place && kinds.has(number) ? [[id, `\u2003${label}`]] : [],
    );
    return own.length ? [[GROUP + place, group.label], ...own] : [];
  });
}
