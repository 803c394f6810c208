/** The timeline: reads the view from the address, draws it, and lets it be moved by pointer, touch and keyboard. */

import { select } from "d3-selection";
import { zoom, zoomIdentity, type D3ZoomEvent, type ZoomTransform } from "d3-zoom";
import { button, make } from "../shared/elements.js";
import { RIGHT_TO_LEFT, say, speak } from "../shared/words.js";
import { Controls } from "./controls.js";
import { DAY, load, type Data } from "./data.js";
import { Drawing, type Scale } from "./drawing.js";
import { lanesOf } from "./lanes.js";
import { List } from "./list.js";
import { Overview } from "./overview.js";
import { chosen, read, write, type View } from "./view.js";

const NARROW = 640;
const LEAST_SPAN = 75; // days
const FIRST_SHOWN = 40; // events
const AROUND = 0.02; // of all time, on either side of all events
const CLOSEST = 120; // pixels a day

class Timeline {
  private view: View;
  private events: number[] = [];
  private selected = -1;
  private scale: Scale = { perDay: 1, origin: 0 };
  private waiting = 0;
  private saving = 0;
  private readonly canvas = make("canvas", { "aria-hidden": "true" });
  private readonly tip = make("div", { class: "timeline-tip", hidden: "" });
  private readonly said = make("div", { class: "timeline-said", role: "status" });
  private readonly stage: HTMLDivElement;
  private readonly drawing: Drawing;
  private readonly overview: Overview;
  private readonly list: List;
  private readonly controls: Controls;
  private readonly behaviour = zoom<HTMLDivElement, unknown>();

  constructor(
    private readonly place: HTMLElement,
    private readonly data: Data,
    private readonly root: URL,
    private readonly bare: boolean,
  ) {
    this.view = read(location.search);
    const help = say("Timeline. Arrow keys choose the event before or after, plus and minus zoom, Enter opens the event.");
    this.stage = make("div", { class: "timeline-stage", tabindex: "0", role: "group", "aria-label": help });
    this.stage.append(this.canvas, this.tip);
    const strip = make("div", { class: "timeline-overview" });
    this.controls = new Controls(data, (change) => this.change(change), bare);
    this.list = new List(data, (event) => this.address(event), (event) => this.choose(event, false));
    place.replaceChildren(this.controls.form, this.tools(), this.stage, strip, this.said, ...(bare ? [] : [this.list.element]));
    this.drawing = new Drawing(this.canvas, data);
    this.overview = new Overview(strip, data, (from, to) => this.frame(from, to));
    this.selected = this.view.event ? data.events.id.indexOf(this.view.event) : -1;
    this.listen();
    this.filter();
    this.resize();
    this.start();
  }

  private address(event: number): string {
    return new URL(`events/${this.data.events.id[event]}/`, this.root).href;
  }

  private tools(): HTMLElement {
    const tools = make("div", { class: "timeline-tools", role: "toolbar", "aria-label": say("Move the timeline") });
    tools.append(
      button("−", say("Zoom out"), () => this.zoomBy(1 / 1.6)),
      button("+", say("Zoom in"), () => this.zoomBy(1.6)),
      button(say("All"), say("Show all events"), () => this.frameAll()),
      button(say("Newest"), say("Show the newest events"), () => this.frameNewest(this.data.last)),
      button(say("Reset"), say("Take all filters away"), () => {
        this.view = { ...read(""), from: null, to: null };
        this.selected = -1;
        this.filter();
        this.start();
      }),
    );
    if (this.bare) tools.append(make("a", { href: new URL("timeline/", this.root).href, target: "_top" }, say("Open")));
    return tools;
  }

  private listen(): void {
    const stage = select(this.stage);
    this.behaviour
      .filter((happened: Event) => !(happened instanceof WheelEvent) || happened.ctrlKey || happened.metaKey || document.activeElement === this.stage)
      .on("zoom", (happened: D3ZoomEvent<HTMLDivElement, unknown>) => {
        this.take(happened.transform);
        this.tip.hidden = true;
      });
    stage.call(this.behaviour).on("dblclick.zoom", null);
    this.stage.addEventListener("pointermove", (event) => this.hover(event));
    this.stage.addEventListener("pointerleave", () => (this.tip.hidden = true));
    this.stage.addEventListener("click", (event) => {
      this.stage.focus({ preventScroll: true });
      const found = this.under(event);
      this.choose(found, true);
    });
    this.stage.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => this.resize()).observe(this.place);
    new MutationObserver(() => {
      this.drawing.refreshColours();
      this.redraw();
    }).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
    addEventListener("popstate", () => {
      this.view = read(location.search);
      this.filter();
      this.start();
    });
  }

  /** Where all events fit: the scale that zooming multiplies. */
  private base(): number {
    return this.drawing.along / (this.data.last - this.data.first);
  }

  private take(transform: ZoomTransform): void {
    const perDay = this.base() * transform.k;
    const offset = this.drawing.upright ? transform.y : this.turned(transform.x, transform.k);
    this.scale = { perDay, origin: this.data.first - offset / perDay };
    this.redraw();
  }

  /** Where time runs from right to left, an offset is counted from the right; the same the other way round. */
  private turned(offset: number, k: number): number {
    return RIGHT_TO_LEFT ? this.drawing.width * (1 - k) - offset : offset;
  }

  private frame(from: number, to: number): void {
    const k = Math.min((this.data.last - this.data.first) / Math.max(to - from, 0.5), CLOSEST / this.base());
    const offset = -(from - this.data.first) * this.base() * k;
    const transform = this.drawing.upright ? zoomIdentity.translate(0, offset) : zoomIdentity.translate(this.turned(offset, k), 0);
    select(this.stage).call(this.behaviour.transform, transform.scale(k));
  }

  private frameAll(): void {
    const { first, last } = this.data;
    const margin = (last - first) * AROUND;
    this.frame(first - margin, last + margin);
  }

  /** How long a time before a day holds a page full of events, in days: a season at least. */
  private spanBefore(end: number): number {
    const starts = this.data.starts.filter((start) => start < end).sort();
    return Math.max(LEAST_SPAN, end - (starts[Math.max(0, starts.length - FIRST_SHOWN)] ?? end));
  }

  private frameNewest(end: number): void {
    const span = this.spanBefore(end);
    this.frame(Math.max(this.data.first, end - span) - span * AROUND, end + span * 0.12);
  }

  private zoomBy(factor: number): void {
    select(this.stage).call(this.behaviour.scaleBy, factor);
  }

  /** Open where the address says; else at the newest events, or today where it lies among them. */
  private start(): void {
    const { first, last } = this.data;
    if (this.view.from !== null && this.view.to !== null && this.view.to > this.view.from) {
      this.frame(this.view.from, this.view.to);
    } else if (this.selected >= 0) {
      const day = this.data.starts[this.selected]!;
      const span = this.spanBefore(day + 1);
      this.frame(day - span / 2, day + span / 2);
    } else {
      const today = Date.now() / DAY;
      const end = today > first && today < last ? Math.min(last, today + LEAST_SPAN / 4) : last;
      const filtered = this.events.length && this.events.length < this.data.count;
      if (filtered) {
        const starts = this.events.map((event) => this.data.starts[event]!);
        const ends = this.events.map((event) => this.data.ends[event]!);
        const [from, to] = [Math.min(...starts.slice(0, 9999)), Math.max(...ends.slice(0, 9999))];
        const margin = Math.max(2, (to - from) * 0.04);
        this.frame(from - margin, to + margin * 3);
      } else this.frameNewest(end);
    }
  }

  private change(change: Partial<View>): void {
    const filters = Object.keys(change).some((key) => key !== "lanes");
    this.view = { ...this.view, ...change, ...(filters ? { from: null, to: null } : {}) };
    this.filter();
    if (filters) this.start();
    else this.redraw();
  }

  private filter(): void {
    this.events = chosen(this.data, this.view);
    this.controls.show(this.view);
    this.drawing.set(lanesOf(this.data, this.events, this.view.lanes));
    this.overview.show(this.events);
    this.redraw();
  }

  private resize(): void {
    const width = this.place.clientWidth;
    if (!width || width === this.drawing.width) return;
    const { origin, perDay } = this.scale;
    const span = this.drawing.along / perDay;
    const turned = this.drawing.resize(width, width < NARROW);
    this.place.classList.toggle("upright", width < NARROW);
    if (turned) this.drawing.draw(this.scale, -1);
    this.overview.resize(width);
    this.overview.show(this.events);
    this.behaviour.scaleExtent([0.5, CLOSEST / this.base()]).extent([[0, 0], [width, Math.max(1, this.drawing.height)]]);
    if (span && Number.isFinite(span) && perDay !== 1) this.frame(origin, origin + span);
  }

  private redraw(): void {
    this.waiting ||= requestAnimationFrame(() => {
      this.waiting = 0;
      this.drawing.draw(this.scale, this.selected);
      const end = this.scale.origin + this.drawing.along / this.scale.perDay;
      this.overview.frame(this.scale.origin, end);
      clearTimeout(this.saving);
      this.saving = window.setTimeout(() => this.settle(end), 160);
    });
  }

  /** When moving has ended: the list and the address follow. */
  private settle(end: number): void {
    const { starts, ends } = this.data;
    const from = this.scale.origin;
    if (this.drawing.fit(this.scale)) this.drawing.draw(this.scale, this.selected);
    this.list.show(this.events.filter((event) => starts[event]! < end && ends[event]! > from), this.events.length);
    this.view = { ...this.view, from: Math.round(from), to: Math.round(end), event: this.data.events.id[this.selected] ?? "" };
    history.replaceState(history.state, "", location.pathname + write(this.view) + location.hash);
  }

  private under(event: MouseEvent): number {
    const box = this.canvas.getBoundingClientRect();
    return this.drawing.at(event.clientX - box.left, event.clientY - box.top);
  }

  private hover(event: PointerEvent): void {
    const found = event.pointerType === "touch" ? -1 : this.under(event);
    this.stage.style.cursor = found >= 0 ? "pointer" : "grab";
    this.tip.hidden = found < 0;
    if (found < 0) return;
    const { title, date, type } = this.data.events;
    this.tip.replaceChildren(
      make("strong", {}, date[found]!),
      ` ${title[found]!} `,
      make("em", {}, this.data.types[type[found]!]!.label),
    );
    const box = this.stage.getBoundingClientRect();
    const left = Math.min(event.clientX - box.left + 14, box.width - this.tip.offsetWidth - 8);
    this.tip.style.transform = `translate(${Math.max(0, left)}px, ${event.clientY - box.top + 18}px)`;
  }

  private choose(event: number, tell: boolean): void {
    this.selected = event;
    if (tell) this.tell(event);
    this.redraw();
  }

  private tell(event: number): void {
    if (event < 0) {
      this.said.replaceChildren();
      return;
    }
    const { title, date, type, actors, places } = this.data.events;
    const kind = this.data.types[type[event]!]!;
    const names = [
      ...actors[event]!.map((actor) => this.data.actors[actor]!.name),
      ...places[event]!.map((place) => this.data.places[place]!.name),
    ];
    this.said.replaceChildren(
      make("span", { class: "timeline-date" }, date[event]!),
      make("a", { href: this.address(event), target: "_top" }, title[event]!),
      make("span", { class: `timeline-kind kind-${this.data.groups[kind.group]!.colour}` }, kind.label),
      make("span", { class: "timeline-names" }, names.join(" · ")),
    );
  }

  private key(pressed: KeyboardEvent): void {
    const at = this.events.indexOf(this.selected);
    const view = this.drawing.along / this.scale.perDay;
    const steps: Record<string, () => void> = {
      ArrowRight: () => this.step(at < 0 ? this.firstInView() : Math.min(at + 1, this.events.length - 1)),
      ArrowLeft: () => this.step(at < 0 ? this.firstInView() : Math.max(at - 1, 0)),
      Home: () => this.step(0),
      End: () => this.step(this.events.length - 1),
      PageDown: () => this.frame(this.scale.origin + view, this.scale.origin + 2 * view),
      PageUp: () => this.frame(this.scale.origin - view, this.scale.origin),
      "+": () => this.zoomBy(1.6),
      "=": () => this.zoomBy(1.6),
      "-": () => this.zoomBy(1 / 1.6),
      Escape: () => this.choose(-1, true),
      Enter: () => {
        if (this.selected >= 0) window.top!.location.href = this.address(this.selected);
      },
    };
    steps.ArrowDown = steps.ArrowRight!;
    steps.ArrowUp = steps.ArrowLeft!;
    if (RIGHT_TO_LEFT) [steps.ArrowRight, steps.ArrowLeft] = [steps.ArrowLeft!, steps.ArrowRight!];
    const step = pressed.ctrlKey || pressed.metaKey || pressed.altKey ? undefined : steps[pressed.key];
    if (!step) return;
    pressed.preventDefault();
    step();
  }

  private firstInView(): number {
    const found = this.events.findIndex((event) => this.data.starts[event]! >= this.scale.origin);
    return Math.max(0, found);
  }

  /** Choose the event at a place of the filtered events, and bring it into view. */
  private step(place: number): void {
    const event = this.events[place];
    if (event === undefined) return;
    const view = this.drawing.along / this.scale.perDay;
    const start = this.data.starts[event]!;
    if (start < this.scale.origin || start > this.scale.origin + view * 0.9) this.frame(start - view / 3, start + (view * 2) / 3);
    this.choose(event, true);
  }
}

const place = document.getElementById("timeline");
if (place) {
  const root = new URL("../../", import.meta.url);
  Promise.all([load(new URL("timeline/events.json", root).href), speak(root).catch(() => undefined)])
    .then(([data]) => new Timeline(place, data, root, place.classList.contains("bare")))
    .catch(() => place.append(make("p", { role: "alert" }, say("The timeline could not be loaded."))));
}
