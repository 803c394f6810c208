/** The picture: lanes of marks on a canvas, redrawn at every move. Time runs across, or down on narrow screens. */

import { scaleUtc } from "d3-scale";
import { DAY, dayNumber, SOFT_END, SOFT_START, type Data } from "./data.js";
import { FORMATS, number, RIGHT_TO_LEFT, say, yearWords } from "../shared/words.js";
import { pack, type Lane, type Packed } from "./lanes.js";

// The calendar and the digits of the pages, whatever the language would prefer.
const COMMON = { timeZone: "UTC", calendar: "gregory", numberingSystem: "latn" } as const;
const MONTH = new Intl.DateTimeFormat(FORMATS, { ...COMMON, month: "long" });
const DATE = new Intl.DateTimeFormat(FORMATS, { ...COMMON, day: "numeric", month: "short" });

/** What stands at a tick: a year, a month at its first day, or a day. */
function labelOf(tick: Date): string {
  if (tick.getUTCDate() !== 1) return DATE.format(tick);
  return tick.getUTCMonth() ? MONTH.format(tick) : yearWords(tick.getUTCFullYear());
}

/** Set ticks that lie years apart where people count: before the common era 600 BCE is the year -599. */
function counted(ticks: Date[]): Date[] {
  const apart = ticks.length > 1 ? ticks[1]!.getUTCFullYear() - ticks[0]!.getUTCFullYear() : 0;
  if (apart < 2) return ticks;
  return ticks.map((tick) => {
    const year = tick.getUTCFullYear();
    return year > 0 ? tick : new Date(dayNumber(year + 1) * DAY);
  });
}

const ROW = 19;
const THICK = 9;
const LEAST = 7;
const LANE_TOP = 20;
const DENSE_ROWS = 4;
const BIN = 4;
const LANE_END = 10;
const AXIS = 26;
const MOST_ROWS = 9;
const LETTER = 6.3;
const LONGEST = 46;

export interface Scale {
  /** Pixels a day. */
  perDay: number;
  /** The day at the left or upper edge. */
  origin: number;
}

export interface Placed {
  event: number;
  lane: number;
  along: number;
  length: number;
  across: number;
}

interface Block {
  lane: Lane;
  packed: Packed;
  top: number;
  rows: number;
}

interface Colours {
  ink: string;
  quiet: string;
  rule: string;
  paper: string;
  raised: string;
  groups: string[];
}

export class Drawing {
  private blocks: Block[] = [];
  private lanes: Lane[] = [];
  private packedFor = NaN;
  private shown: Placed[] = [];
  private colours: Colours;
  private readonly context: CanvasRenderingContext2D;
  private ratio = 1;
  width = 0;
  height = 0;
  upright = false;

  constructor(
    readonly canvas: HTMLCanvasElement,
    private readonly data: Data,
  ) {
    this.context = canvas.getContext("2d")!;
    this.colours = this.readColours();
  }

  /** Take other events; `most` rows are used a lane. */
  set(lanes: Lane[]): void {
    this.lanes = lanes;
    this.packedFor = NaN;
  }

  refreshColours(): void {
    this.colours = this.readColours();
  }

  private readColours(): Colours {
    const style = getComputedStyle(this.canvas);
    const value = (name: string) => style.getPropertyValue(name).trim() || "#777";
    return {
      ink: value("--c-ink"),
      quiet: value("--c-quiet"),
      rule: value("--c-rule"),
      paper: value("--c-paper"),
      raised: value("--c-raised"),
      groups: this.data.groups.map((group) => value(`--c-${group.colour}`)),
    };
  }

  /** Fit the canvas to its place; gives whether the direction of time has changed. */
  resize(width: number, upright: boolean): boolean {
    const turned = upright !== this.upright;
    this.upright = upright;
    this.width = width;
    if (turned) this.packedFor = NaN;
    return turned;
  }

  /** How long time is, in pixels. */
  get along(): number {
    return this.upright ? this.height : this.width;
  }

  draw(scale: Scale, selected: number): void {
    this.layOut(scale);
    const ratio = window.devicePixelRatio || 1;
    const { context, canvas } = this;
    const [wide, high] = [Math.round(this.width * ratio), Math.round(this.height * ratio)];
    if (canvas.width !== wide || canvas.height !== high) {
      canvas.width = wide;
      canvas.height = high;
      canvas.style.height = `${this.height}px`;
    }
    this.ratio = ratio;
    // Where time runs from right to left everything is drawn mirrored, and only words are turned back.
    context.setTransform(RIGHT_TO_LEFT ? -ratio : ratio, 0, 0, ratio, RIGHT_TO_LEFT ? wide : 0, 0);
    context.clearRect(0, 0, this.width, this.height);
    this.drawAxis(scale);
    this.shown = [];
    for (const [number, block] of this.blocks.entries()) this.drawBlock(block, number, scale, selected);
  }

  /** Pack anew when the scale has changed; moving along keeps every event in its row. */
  private layOut(scale: Scale): void {
    if (this.packedFor === scale.perDay) return;
    this.packedFor = scale.perDay;
    this.pack(scale);
    this.fit(scale);
  }

  /** Give each lane the height that its events in view need; called when moving has ended, so that nothing jumps. */
  fit(scale: Scale): boolean {
    if (this.upright) return false;
    const before = this.height;
    const { starts, ends } = this.data;
    const until = scale.origin + this.along / scale.perDay;
    let top = AXIS;
    for (const block of this.blocks) {
      const { events } = block.lane;
      let rows = 0;
      for (let place = 0; place < events.length; place++) {
        const event = events[place]!;
        if (starts[event]! < until && ends[event]! > scale.origin) rows = Math.max(rows, block.packed.rows[place]! + 1);
      }
      if (block.packed.dense && rows) rows = DENSE_ROWS;
      block.top = top;
      block.rows = rows;
      top += LANE_TOP + rows * ROW + (rows ? LANE_END : 0);
    }
    this.height = Math.max(top, 160);
    return this.height !== before;
  }

  private pack(scale: Scale): void {
    const { starts, ends } = this.data;
    const start = (event: number) => starts[event]! * scale.perDay;
    const end = (event: number) => Math.max(ends[event]! * scale.perDay, start(event) + LEAST);
    if (this.upright) {
      const all = [...new Set(this.lanes.flatMap((lane) => lane.events))].sort((a, b) => a - b);
      const packed = pack(all, start, (event) => Math.max(end(event), start(event) + THICK), () => 0, 5);
      // Titles share one column: each needs a line of its own.
      let line = -Infinity;
      for (const [place, event] of all.entries()) {
        packed.titled[place] = start(event) >= line + ROW - 3 ? 1 : 0;
        if (packed.titled[place]) line = start(event);
      }
      this.blocks = [{ lane: { label: "", events: all }, packed, top: 0, rows: packed.count }];
      this.height = Math.round(Math.min(window.innerHeight * 0.7, 620));
      return;
    }
    const title = (event: number) => 8 + Math.min(this.data.events.title[event]!.length, LONGEST) * LETTER;
    this.blocks = this.lanes.map((lane) => ({
      lane,
      packed: pack(lane.events, start, end, title, MOST_ROWS),
      top: 0,
      rows: 0,
    }));
  }

  /** Write words that begin, or end, at a place along the line. */
  private write(text: string, x: number, y: number, align: "start" | "end" = "start"): void {
    const { context, ratio } = this;
    context.textAlign = align;
    if (!RIGHT_TO_LEFT) {
      context.fillText(text, x, y);
      return;
    }
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.direction = "rtl";
    context.fillText(text, this.width - x, y);
    context.restore();
  }

  private drawAxis(scale: Scale): void {
    const { context, colours } = this;
    const time = scaleUtc()
      .domain([scale.origin * DAY, (scale.origin + this.along / scale.perDay) * DAY])
      .range([0, this.along]);
    context.font = "12px system-ui, sans-serif";
    context.fillStyle = colours.quiet;
    context.strokeStyle = colours.rule;
    context.lineWidth = 1;
    context.textBaseline = "top";
    for (const tick of counted(time.ticks(Math.max(2, this.along / 110)))) {
      const place = Math.round(time(tick)) + 0.5;
      context.beginPath();
      if (this.upright) {
        context.moveTo(0, place);
        context.lineTo(this.width, place);
      } else {
        context.moveTo(place, 0);
        context.lineTo(place, this.height);
      }
      context.stroke();
      if (this.upright) this.write(labelOf(tick), this.width - 4, place + 3, "end");
      else this.write(labelOf(tick), place + 4, 5);
    }
  }

  private drawBlock(block: Block, number: number, scale: Scale, selected: number): void {
    const { context, colours, data } = this;
    const { lane, packed, top } = block;
    if (!this.upright) {
      context.strokeStyle = colours.rule;
      context.beginPath();
      context.moveTo(0, top + 0.5);
      context.lineTo(this.width, top + 0.5);
      context.stroke();
    }
    context.textBaseline = "middle";
    if (packed.dense && !this.upright) {
      this.drawDensity(block, scale);
      this.drawName(block);
      return;
    }
    const reach = this.along;
    for (let place = 0; place < lane.events.length; place++) {
      const event = lane.events[place]!;
      const from = (data.starts[event]! - scale.origin) * scale.perDay;
      if (from > reach) continue;
      const length = Math.max((data.ends[event]! - data.starts[event]!) * scale.perDay, this.upright ? THICK : LEAST);
      const titled = packed.titled[place] === 1;
      if (from + length < 0) continue;
      const row = packed.rows[place]!;
      if (!this.upright && row >= block.rows) continue; // drawn when moving has ended, and its lane has grown
      const across = this.upright ? 6 + row * (THICK + 4) : top + LANE_TOP + row * ROW;
      this.drawMark(event, from, length, across, scale, event === selected);
      this.shown.push({ event, lane: number, along: from, length, across });
      if (titled) this.drawTitle(event, from, length, across);
    }
    if (!this.upright) this.drawName(block);
  }

  /** Draw how many events of each colour lie where, for a lane that is too full for marks. */
  private drawDensity({ lane, top, rows }: Block, scale: Scale): void {
    const { context, colours, data } = this;
    const bins = Math.ceil(this.width / BIN);
    const counts = data.groups.map(() => new Uint32Array(bins));
    let most = 1;
    for (const event of lane.events) {
      const bin = Math.floor(((data.starts[event]! - scale.origin) * scale.perDay) / BIN);
      if (bin < 0 || bin >= bins) continue;
      counts[data.types[data.events.type[event]!]!.group]![bin]!++;
    }
    for (let bin = 0; bin < bins; bin++) most = Math.max(most, counts.reduce((sum, own) => sum + own[bin]!, 0));
    const high = rows * ROW - 4;
    for (let bin = 0; bin < bins; bin++) {
      let base = top + LANE_TOP + high;
      for (const [group, own] of counts.entries()) {
        if (!own[bin]) continue;
        const tall = Math.max(1, (own[bin]! / most) * high);
        context.fillStyle = colours.groups[group] ?? colours.quiet;
        context.fillRect(bin * BIN, base - tall, BIN - 1, tall);
        base -= tall;
      }
    }
    context.font = "11px system-ui, sans-serif";
    context.fillStyle = colours.quiet;
    const words = say("highest: {n}; zoom in to see each", { n: number(most) });
    this.write(words, this.width - 4, top + 11, "end");
  }

  private drawName({ lane, top }: Block): void {
    const { context, colours } = this;
    context.font = "600 12px system-ui, sans-serif";
    context.fillStyle = colours.paper;
    context.globalAlpha = 0.85;
    context.fillRect(0, top + 2, context.measureText(lane.label).width + 12, 16);
    context.globalAlpha = 1;
    context.fillStyle = colours.ink;
    this.write(lane.label, 4, top + 11);
  }

  private drawTitle(event: number, from: number, length: number, across: number): void {
    const { context, colours, data } = this;
    const title = data.events.title[event]!;
    const most = this.upright ? Math.floor((this.width - 130) / LETTER) : LONGEST;
    const text = title.length > most ? `${title.slice(0, most - 1)}…` : title;
    context.font = "12.5px system-ui, sans-serif";
    context.fillStyle = colours.ink;
    const end = from + length;
    if (this.upright) this.write(text, 6 + 5 * (THICK + 4) + 6, from + THICK / 2);
    else if (end < this.width - 40) this.write(text, end + 4, across + THICK / 2);
    else if (from < 0 || length > 80) this.drawOver(text, Math.max(from, 0) + 6, across + THICK / 2);
  }

  /** Put the title of what goes on beyond the view on its mark. */
  private drawOver(text: string, x: number, y: number): void {
    const { context, colours } = this;
    context.fillStyle = colours.paper;
    context.fillRect(x - 3, y - 8, context.measureText(text).width + 6, 16);
    context.fillStyle = colours.ink;
    this.write(text, x, y);
  }

  /** Draw one event: its bounds, soft where they are not certain; the members of a set, joined by a line. */
  private drawMark(event: number, from: number, length: number, across: number, scale: Scale, chosen: boolean): void {
    const { context, data, colours } = this;
    const colour = colours.groups[data.types[data.events.type[event]!]!.group] ?? colours.quiet;
    const parts = data.parts[event];
    if (parts && parts.length > 1) {
      context.fillStyle = colour;
      this.rectangle(from, length, across + THICK / 2 - 1, 2);
      for (const [first, last] of parts) {
        const start = ((first ?? data.starts[event]!) - scale.origin) * scale.perDay;
        const wide = Math.max(((last ?? data.ends[event]! - 1) + 1) * scale.perDay - (first ?? data.starts[event]!) * scale.perDay, 3);
        this.rectangle(start, wide, across, THICK);
      }
    } else {
      context.fillStyle = this.fill(event, from, length, colour);
      this.rectangle(from, length, across, THICK);
    }
    if (chosen) {
      context.strokeStyle = colours.ink;
      context.lineWidth = 2;
      if (this.upright) context.strokeRect(across - 3, from - 3, THICK + 6, length + 6);
      else context.strokeRect(from - 3, across - 3, length + 6, THICK + 6);
      context.lineWidth = 1;
    }
  }

  private fill(event: number, from: number, length: number, colour: string): string | CanvasGradient {
    const { data } = this;
    const open = data.events.to[event] === null;
    const soft = data.events.soft[event]! | (open ? SOFT_END : 0) | (data.events.from[event] === null ? SOFT_START : 0);
    if (!soft) return colour;
    const edge = Math.min(0.45, 14 / length);
    const gradient = this.upright
      ? this.context.createLinearGradient(0, from, 0, from + length)
      : this.context.createLinearGradient(from, 0, from + length, 0);
    const clear = `color-mix(in srgb, ${colour} 12%, transparent)`;
    gradient.addColorStop(0, soft & SOFT_START ? clear : colour);
    gradient.addColorStop(edge, colour);
    gradient.addColorStop(1 - edge, colour);
    gradient.addColorStop(1, soft & SOFT_END ? clear : colour);
    return gradient;
  }

  private rectangle(along: number, length: number, across: number, thick: number): void {
    const gap = length > 10 ? 1 : 0;
    if (this.upright) this.context.fillRect(across, along, thick, length - gap);
    else this.context.fillRect(along, across, length - gap, thick);
  }

  /** The event drawn at a place, the one drawn last where several lie over each other; -1 where there is none. */
  at(x: number, y: number): number {
    const left = RIGHT_TO_LEFT ? this.width - x : x;
    const [along, across] = this.upright ? [y, left] : [left, y];
    for (let place = this.shown.length - 1; place >= 0; place--) {
      const mark = this.shown[place]!;
      const near = along >= mark.along - 4 && along <= mark.along + mark.length + 4;
      if (near && across >= mark.across - 4 && across <= mark.across + THICK + 4) return mark.event;
    }
    return -1;
  }
}
