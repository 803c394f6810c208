/** The map of places, filtered: the circles and the lists are counted anew from the events that are chosen. */

import { button, choice, make } from "../shared/elements.js";
import { many, number, say, speak, yearWords } from "../shared/words.js";
import { dayNumber, load, yearOf, type Data } from "../timeline/data.js";
import { kindOf, kindsOf, named, type Choice } from "../timeline/controls.js";
import { chosen, read, write, type View } from "../timeline/view.js";

type Field = "type" | "actor" | "topic" | "year";

/** How large a circle is; as in generator/worldmap.py. */
const radius = (count: number): number => 3 + 1.7 * Math.sqrt(count);

class Places {
  private view: View = read(location.search);
  private readonly fields = new Map<Field, HTMLSelectElement>();
  private readonly said = make("p", { class: "timeline-count", role: "status" });

  constructor(
    private readonly page: HTMLElement,
    private readonly data: Data,
  ) {
    const form = make("form", { class: "timeline-controls" });
    form.addEventListener("submit", (event) => event.preventDefault());
    const choices: [Field, string, string, Choice[]][] = [
      ["type", say("Kind"), say("All kinds"), kindsOf(data)],
      ["actor", say("Who"), say("Anyone"), named(data.actors, data.events.actors, data.events.states, data.states)],
      ["topic", say("Topic"), say("All topics"), named(data.topics, data.events.topics)],
      ["year", say("Year"), say("Any"), years(data)],
    ];
    for (const [key, label, all, options] of choices) {
      if (options.length < 2) continue;
      const [element, select] = choice(key, label, [["", all], ...options]);
      select.addEventListener("change", () => this.change(key, select.value));
      this.fields.set(key, select);
      form.append(element);
    }
    page.querySelector("figure")!.before(form, this.said);
    this.show();
  }

  private change(key: Field, value: string): void {
    const days: Partial<View> = value ? { from: dayNumber(+value), to: dayNumber(+value + 1) } : { from: null, to: null };
    this.view = { ...this.view, ...(key === "year" ? days : key === "type" ? kindOf(value) : { [key]: value }) };
    history.replaceState(history.state, "", location.pathname + write(this.view));
    this.show();
  }

  private show(): void {
    const { view, data } = this;
    const { from, to } = view;
    const within = (event: number) => from === null || to === null || (data.starts[event]! < to && data.ends[event]! > from);
    const events = chosen(data, view).filter(within);
    const counts = new Map<string, number>(data.places.map(({ id }) => [id, 0]));
    for (const event of events) {
      for (const place of data.events.places[event]!) {
        const { id } = data.places[place]!;
        counts.set(id, counts.get(id)! + 1);
      }
    }
    for (const link of this.page.querySelectorAll("a[href]")) {
      const count = counts.get(idOf(link));
      if (count === undefined) continue;
      if (link instanceof SVGElement) mark(link, count);
      else this.list(link, count);
    }
    for (const heading of this.page.querySelectorAll("h2")) {
      const items = heading.nextElementSibling?.querySelectorAll("li") ?? [];
      heading.hidden = [...items].length > 0 && [...items].every((item) => item.hidden);
    }
    const set = write(view) !== "";
    this.said.textContent = set ? many(events.length, "{n} event with these filters", "{n} events with these filters") : "";
    const values: Record<Field, string> = {
      type: view.group !== null ? `group:${view.group}` : view.type,
      actor: view.actor,
      topic: view.topic,
      year: from !== null && to !== null ? String(yearOf(from)) : "",
    };
    for (const [key, select] of this.fields) select.value = values[key];
  }

  private list(link: Element, count: number): void {
    const item = link.closest("li");
    const said = item?.querySelector(".count");
    if (!item || !said) return;
    item.hidden = count === 0;
    said.textContent = number(count);
  }
}

/** The id of the place that a link leads to. */
function idOf(link: Element): string {
  return (link.getAttribute("href") ?? "").split("/").at(-2) ?? "";
}

function mark(link: SVGElement, count: number): void {
  const circle = link.querySelector("circle");
  const title = link.querySelector("title");
  if (!circle || !title) return;
  link.style.display = count ? "" : "none";
  circle.setAttribute("r", radius(count).toFixed(1));
  const name = link.dataset.name ?? (link.dataset.name = (title.textContent ?? "").replace(/: [^:]*$/, ""));
  const words = many(count, "{place}: {n} event", "{place}: {n} events", { place: name });
  title.textContent = words;
  link.setAttribute("aria-label", words);
}

function years(data: Data): Choice[] {
  const found = new Set<number>();
  for (const days of [data.events.from, data.events.to]) {
    for (const day of days) if (day !== null) found.add(yearOf(day));
  }
  return [...found].sort((a, b) => a - b).map((year) => [String(year), yearWords(year)]);
}

const page = document.querySelector<HTMLElement>('.page[data-kind="places"]');
const figure = page?.querySelector("figure");
if (page && figure) {
  const root = new URL("../../", import.meta.url);
  await speak(root).catch(() => undefined);
  const ask = button(say("Filter the map"), say("Filter the map"), () => void open());
  ask.className = "md-button map-filter";
  const open = async (): Promise<void> => {
    ask.disabled = true;
    const data = await load(new URL("timeline/events.json", root).href);
    ask.remove();
    new Places(page, data);
  };
  figure.append(ask);
  if (location.search) await open();
}
