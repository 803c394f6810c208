/** What is used of Pagefind's script, which the site publishes beside its index. */

export interface Found {
  url: string;
  excerpt: string;
  meta: Record<string, string>;
}

export interface Answer {
  results: { id: string; data: () => Promise<Found> }[];
  filters: Record<string, Record<string, number>>;
  totalFilters?: Record<string, Record<string, number>>;
}

type Order = "asc" | "desc";
type Filters = Record<string, string[]>;
type Counts = Record<string, Record<string, number>>;

interface Options {
  baseUrl?: string;
  excerptLength?: number;
  mergeFilter?: Record<string, string>;
}

interface Script {
  options(options: Options): Promise<void>;
  init(): Promise<void>;
  mergeIndex(path: string, options: Options): Promise<void>;
  filters(): Promise<Counts>;
  search(term: string | null, options: { filters?: Filters; sort?: Record<string, Order> }): Promise<Answer>;
}

/** A part of the index; what is not `dated` is left out where answers are sorted by date, as Pagefind does. */
interface Part {
  path: string;
  dated: boolean;
}

/** The facet by which parts of an index are told apart. */
const PART = "part";

/** The search of a site, whose index may stand in several parts, in the order of dates. */
export class Pagefind {
  private constructor(
    private readonly script: Script,
    private readonly parts: Part[],
  ) {}

  static async load(root: URL): Promise<Pagefind> {
    const [script, parts] = await Promise.all([
      import(new URL("pagefind/pagefind.js", root).href) as Promise<Script>,
      fetch(new URL("pagefind/parts.json", root)).then((answer) => answer.json() as Promise<Part[]>),
    ]);
    const given = { baseUrl: root.pathname, excerptLength: 24 };
    const numbered = (number: number): Options => (parts.length > 1 ? { ...given, mergeFilter: { [PART]: `${number}` } } : given);
    await script.options(numbered(0));
    await script.init();
    // At once: the head of each is a request of its own.
    await Promise.all(
      parts.slice(1).map((part, place) => script.mergeIndex(new URL(part.path, root).pathname, numbered(place + 1))),
    );
    return new Pagefind(script, parts);
  }

  filters(): Promise<Counts> {
    return this.script.filters();
  }

  async search(term: string | null, filters: Filters, order: Order | ""): Promise<Answer> {
    if (!order) return this.script.search(term, { filters });
    const sort = { date: order };
    if (this.parts.length < 2) return this.script.search(term, { filters, sort });
    // Pagefind puts the answers of parts together by their place in each: asked one by one, they come in the order of all.
    const asked = [...this.parts.keys()].filter((number) => this.parts[number]!.dated);
    const answers = await Promise.all(
      asked.map((number) => this.script.search(term, { filters: { ...filters, [PART]: [`${number}`] }, sort })),
    );
    const ordered = order === "asc" ? answers : [...answers].reverse();
    return { results: ordered.flatMap((answer) => answer.results), filters: together(answers.map((answer) => answer.filters)) };
  }
}

/** Add up what is counted by facet and value. */
function together(all: Counts[]): Counts {
  const sums: Counts = {};
  for (const counts of all) {
    for (const [key, own] of Object.entries(counts)) {
      const sum = (sums[key] ??= {});
      for (const [value, count] of Object.entries(own)) sum[value] = (sum[value] ?? 0) + count;
    }
  }
  return sums;
}

/** Give the address of the page that an entry of the index is of: its file is named as the page’s folder. */
export function addressOf(url: string): string {
  const path = url.replace(/\.html$/, "");
  return path === url || path.endsWith(".html") ? path : `${path}/`;
}

let loading: Promise<Pagefind> | undefined;

/** Load the script and the index's head once, at the first search. */
export function pagefind(root: URL): Promise<Pagefind> {
  return (loading ??= Pagefind.load(root));
}
