/** The filters above the picture: one row of labelled choices that say and change the view. */

import type { Data, Named } from "./data.js";
import { choice, make } from "./elements.js";
import type { Lanes, View } from "./view.js";

type Words = "type" | "status" | "actor" | "other" | "place" | "topic";

export class Controls {
  readonly form = make("form", { class: "timeline-controls" });
  private readonly lanes: HTMLSelectElement;
  private readonly fields = new Map<Words, HTMLSelectElement>();

  constructor(data: Data, changed: (change: Partial<View>) => void, bare: boolean) {
    this.form.addEventListener("submit", (event) => event.preventDefault());
    const [lanesLabel, lanes] = choice("Lanes", [
      ["kind", "Kinds"],
      ["state", "States"],
      ["actor", "Actors"],
      ["topic", "Topics"],
    ]);
    this.lanes = lanes;
    lanes.addEventListener("change", () => changed({ lanes: lanes.value as Lanes }));
    this.form.append(lanesLabel);
    const used = countOf(data.events.actors, data.actors.length, data.events.states, data.states);
    const actors = named(data.actors, used);
    const places = named(data.places, countOf(data.events.places, data.places.length));
    const topics = named(data.topics, countOf(data.events.topics, data.topics.length));
    const kinds = new Set(data.events.type);
    const types = data.types.flatMap(({ id, label }, number): [string, string][] => (kinds.has(number) ? [[id, label]] : []));
    const said = new Set(data.events.status);
    const statuses = data.statuses.flatMap((status, number): [string, string][] =>
      said.has(number) ? [[status, status[0]!.toUpperCase() + status.slice(1)]] : [],
    );
    const fields: [Words, string, string, [string, string][]][] = [
      ["actor", "Who", "Anyone", actors],
      ["other", "With", "Anyone", actors],
      ["type", "Kind", "All kinds", types],
      ["topic", "Topic", "All topics", topics],
      ["place", "Where", "Anywhere", places],
      ["status", "Status", "Any", statuses],
    ];
    const wide = matchMedia("(min-width: 45em)").matches;
    const filters = make(wide ? "div" : "details", { class: "timeline-filters" });
    if (!wide) filters.append(make("summary", {}, "Filters"));
    if (!bare) this.form.append(filters);
    for (const [key, label, all, options] of bare ? [] : fields) {
      const [element, select] = choice(label, [["", all], ...options]);
      select.addEventListener("change", () => changed({ [key]: select.value }));
      this.fields.set(key, select);
      filters.append(element);
    }
  }

  show(view: View): void {
    this.lanes.value = view.lanes;
    const set = [...this.fields.keys()].some((key) => view[key]);
    const filters = this.form.querySelector("details");
    if (filters && set) filters.open = true;
    for (const [key, select] of this.fields) select.value = view[key];
  }
}

function countOf(columns: number[][], size: number, more: number[][] = [], ids: number[] = []): Uint32Array {
  const counts = new Uint32Array(size);
  for (const entries of columns) for (const entry of entries) counts[entry]!++;
  for (const entries of more) for (const entry of entries) counts[ids[entry]!]!++;
  return counts;
}

/** Those that events name, by name. */
function named(table: Named[], counts: Uint32Array): [string, string][] {
  return table
    .flatMap(({ id, name }, number): [string, string][] => (counts[number] ? [[id, name]] : []))
    .sort(([, a], [, b]) => a.localeCompare(b));
}
