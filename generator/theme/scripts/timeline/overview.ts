/** The strip below: how many events lie where, and a window that can be dragged. */

import { brushX, type BrushBehavior } from "d3-brush";
import { select, type Selection } from "d3-selection";
import { RIGHT_TO_LEFT } from "../shared/words.js";
import type { Data } from "./data.js";

const HEIGHT = 44;
const BAR = 3;

export class Overview {
  private readonly svg: Selection<SVGSVGElement, unknown, null, undefined>;
  private readonly bars: Selection<SVGPathElement, unknown, null, undefined>;
  private readonly window: Selection<SVGGElement, unknown, null, undefined>;
  private brush: BrushBehavior<unknown>;
  private width = 0;

  constructor(
    place: HTMLElement,
    private readonly data: Data,
    private readonly moved: (from: number, to: number) => void,
  ) {
    this.svg = select(place).append("svg").attr("aria-hidden", "true").attr("height", HEIGHT) as never;
    this.bars = this.svg.append("path").attr("class", "timeline-density");
    this.window = this.svg.append("g");
    this.brush = brushX();
  }

  private day(x: number): number {
    const along = RIGHT_TO_LEFT ? this.width - x : x;
    return this.data.first + (along / this.width) * (this.data.last - this.data.first);
  }

  private place(day: number): number {
    const along = ((day - this.data.first) / (this.data.last - this.data.first)) * this.width;
    return RIGHT_TO_LEFT ? this.width - along : along;
  }

  resize(width: number): void {
    this.width = width;
    this.svg.attr("width", width).attr("viewBox", `0 0 ${width} ${HEIGHT}`);
    this.brush = brushX<unknown>()
      .extent([[0, 0], [width, HEIGHT]])
      .on("brush end", (happened: { sourceEvent?: Event; selection: [number, number] | null }) => {
        if (!happened.sourceEvent || !happened.selection) return;
        const [from, to] = happened.selection.map((x) => this.day(x)) as [number, number];
        this.moved(Math.min(from, to), Math.max(from, to));
      });
    this.window.call(this.brush as never);
  }

  /** Draw how many of the events lie in each strip of time. */
  show(events: number[]): void {
    const bins = new Uint32Array(Math.max(1, Math.ceil(this.width / BAR)));
    for (const event of events) {
      const bin = Math.floor(this.place(this.data.starts[event]!) / BAR);
      bins[Math.min(bins.length - 1, Math.max(0, bin))]!++;
    }
    const most = bins.reduce((a, b) => Math.max(a, b), 1);
    let path = "";
    for (const [place, count] of bins.entries()) {
      if (!count) continue;
      const high = Math.max(2, (count / most) * (HEIGHT - 6));
      path += `M${place * BAR},${HEIGHT}v${-high}h${BAR - 1}v${high}z`;
    }
    this.bars.attr("d", path);
  }

  frame(from: number, to: number): void {
    const ends = [this.place(from), this.place(to)].map((x) => Math.min(this.width, Math.max(0, x))).sort((a, b) => a - b);
    this.window.call(this.brush.move as never, ends as never);
  }
}
