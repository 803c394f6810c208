/** The list below the picture: the same events as text, for reading and for screen readers. */

import type { Data } from "./data.js";
import { button, make } from "../shared/elements.js";
import { many, number, say } from "../shared/words.js";

const STEP = 60;

export class List {
  readonly element = make("section", { class: "timeline-list", "aria-label": say("Events in view") });
  private readonly heading = make("p", { class: "timeline-count", role: "status" });
  private readonly items = make("ol");
  private readonly more = button(say("Show more"), say("Show more events"), () => this.grow());
  private events: number[] = [];
  private shown = 0;

  constructor(
    private readonly data: Data,
    private readonly address: (event: number) => string,
    private readonly picked: (event: number) => void,
  ) {
    this.more.className = "md-button";
    this.element.append(this.heading, this.items, this.more);
  }

  show(events: number[], all: number): void {
    this.events = events;
    this.shown = 0;
    this.items.replaceChildren();
    const said = [
      events.length ? many(events.length, "{n} event in view", "{n} events in view") : say("No event in view"),
      ...(all === this.data.count ? [] : [say("{n} with these filters", { n: number(all) })]),
      ...(events.length ? [] : [say("Zoom out, or take a filter away.")]),
    ];
    this.heading.textContent = said.join(" · ");
    this.grow();
  }

  private grow(): void {
    const { columns } = { columns: this.data.events };
    for (const event of this.events.slice(this.shown, this.shown + STEP)) {
      const link = make("a", { href: this.address(event) }, columns.title[event]!);
      const kind = this.data.types[columns.type[event]!]!;
      const item = make(
        "li",
        { "data-event": String(event) },
        make("span", { class: "timeline-date" }, columns.date[event]!),
        link,
        make("span", { class: `timeline-kind kind-${this.data.groups[kind.group]!.colour}` }, kind.label),
      );
      item.addEventListener("mouseenter", () => this.picked(event));
      link.addEventListener("focus", () => this.picked(event));
      this.items.append(item);
    }
    this.shown = Math.min(this.shown + STEP, this.events.length);
    this.more.hidden = this.shown >= this.events.length;
  }
}
