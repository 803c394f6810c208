/** The search itself: words, facets, order, results. It stands on the search page, and in the dialog of every other. */

import { button, choice, make, option } from "../shared/elements.js";
import { many, say, yearWords } from "../shared/words.js";
import { addressOf, pagefind, type Answer, type Found } from "./pagefind.js";

const STEP = 12;
const facets = (): [string, string][] => [
  ["what", say("What")],
  ["kind", say("Kind")],
  ["who", say("Who")],
  ["where", say("Where")],
  ["topic", say("Topic")],
  ["year", say("Year")],
  ["status", say("Status")],
  ["standing", say("Standing")],
  ["accounts", say("Accounts")],
  ["sources", say("Sources")],
];
const orders = (): [string, string][] => [
  ["", say("Best first")],
  ["desc", say("Newest first")],
  ["asc", say("Oldest first")],
];

/** A value of a facet for readers: years are kept as numbers, which sort. */
const named = (key: string, value: string): string => (key === "year" && /^-?\d+$/.test(value) ? yearWords(+value) : value);

export class SearchBox {
  readonly element = make("div", { class: "search-box" });
  private readonly facets = new Map<string, HTMLSelectElement>();
  private readonly order: HTMLSelectElement;
  private readonly said = make("p", { class: "search-said", role: "status" });
  private readonly list = make("ol", { class: "search-results" });
  private readonly more = button(say("Show more"), say("Show more results"), () => void this.grow());
  private answer: Answer = { results: [], filters: {} };
  private shown = 0;
  private asked = 0;
  private waiting = 0;

  constructor(
    private readonly root: URL,
    readonly input: HTMLInputElement,
    private readonly told: (query: URLSearchParams) => void,
  ) {
    input.setAttribute("aria-label", say("Search"));
    input.placeholder = say("Search");
    const row = make("div", { class: "search-facets" });
    const choices = make("details", { class: "search-choices" }, make("summary", {}, say("Filters")), row);
    choices.open = matchMedia("(min-width: 45em)").matches;
    for (const [key, label] of facets()) {
      const [element, select] = choice(`search-${key}`, label, [["", say("Any")]]);
      select.addEventListener("change", () => this.ask());
      this.facets.set(key, select);
      row.append(element);
    }
    const [element, order] = choice("search-order", say("Order"), orders());
    order.addEventListener("change", () => this.ask());
    this.order = order;
    row.append(element);
    this.more.className = "md-button";
    this.more.hidden = true;
    this.input.addEventListener("input", () => this.ask());
    void pagefind(this.root).catch(() => undefined);
    this.element.append(this.input, choices, this.said, this.list, this.more);
  }

  /** Take words and facets from an address. */
  async take(query: URLSearchParams): Promise<void> {
    if (query.has("q") || !this.input.value) this.input.value = query.get("q") ?? "";
    const all = await (await pagefind(this.root)).filters();
    this.offer(all);
    for (const [key, select] of this.facets) {
      const value = query.get(key) ?? "";
      if (value && ![...select.options].some((known) => known.value === value)) select.append(option(value, named(key, value)));
      select.value = value;
      if (value) this.element.querySelector("details")!.open = true;
    }
    this.order.value = query.get("order") ?? "";
    if ([...query].length || this.input.value) this.ask(0);
  }

  private query(): URLSearchParams {
    const query = new URLSearchParams();
    if (this.input.value.trim()) query.set("q", this.input.value.trim());
    for (const [key, select] of this.facets) if (select.value) query.set(key, select.value);
    if (this.order.value) query.set("order", this.order.value);
    return query;
  }

  private ask(wait = 80): void {
    clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => void this.search().catch(() => this.fail()), wait);
  }

  private fail(): void {
    this.said.textContent = say("The search could not be loaded.");
  }

  private async search(): Promise<void> {
    const turn = ++this.asked;
    const found = await pagefind(this.root);
    const filters: Record<string, string[]> = {};
    for (const [key, select] of this.facets) if (select.value) filters[key] = [select.value];
    const words = this.input.value.trim();
    const order = this.order.value as "asc" | "desc" | "";
    this.told(this.query());
    if (!words && !Object.keys(filters).length) {
      this.answer = { results: [], filters: {} };
      this.said.textContent = "";
      this.list.replaceChildren();
      this.more.hidden = true;
      this.offer(await found.filters());
      return;
    }
    const answer = await found.search(words || null, filters, order);
    if (turn !== this.asked) return; // a later question has been asked meanwhile
    this.answer = answer;
    this.offer(answer.filters);
    this.shown = 0;
    this.list.replaceChildren();
    const count = answer.results.length;
    this.said.textContent = count
      ? many(count, "{n} result", "{n} results")
      : say("Nothing was found. Try fewer words, or take a choice away.");
    await this.grow();
  }

  /** Say in each facet what can still be chosen, and how often it is there. */
  private offer(counts: Record<string, Record<string, number>>): void {
    for (const [key, select] of this.facets) {
      const own = Object.entries(counts[key] ?? {}).filter(([value, count]) => count || value === select.value);
      const byName = key === "who" || key === "where" || key === "topic" || key === "kind";
      own.sort(([a, x], [b, y]) => (byName ? a.localeCompare(b) : key === "year" ? +b - +a : y - x));
      const chosen = select.value;
      select.replaceChildren(option("", say("Any")), ...own.map(([value, count]) => option(value, `${named(key, value)} (${count})`)));
      if (chosen && !own.some(([value]) => value === chosen)) select.append(option(chosen, named(key, chosen)));
      select.value = chosen;
    }
  }

  private async grow(): Promise<void> {
    const turn = this.asked;
    const next = this.answer.results.slice(this.shown, this.shown + STEP);
    const found = await Promise.all(next.map((result) => result.data()));
    if (turn !== this.asked) return;
    this.list.append(...found.map((one) => this.item(one)));
    this.shown += next.length;
    this.more.hidden = this.shown >= this.answer.results.length;
  }

  private item(found: Found): HTMLLIElement {
    const { title = "", label = "", date = "" } = found.meta;
    return make(
      "li",
      {},
      make("a", { href: addressOf(found.url) }, title),
      make("span", { class: "search-label" }, [date, label].filter(Boolean).join(" · ")),
      make("p", {}, ...marked(found.excerpt)),
    );
  }
}

/** An excerpt with its marks, made of text nodes: whatever it holds stays text. */
function marked(excerpt: string): Node[] {
  return excerpt.split(/<mark>|<\/mark>/).map((piece, place) => {
    const text = piece.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => SIGNS[name]!);
    return place % 2 ? make("mark", {}, text) : document.createTextNode(text);
  });
}

const SIGNS: Record<string, string> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
