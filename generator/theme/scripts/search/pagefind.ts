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

export interface Pagefind {
  options(options: { baseUrl?: string; excerptLength?: number }): Promise<void>;
  init(): Promise<void>;
  filters(): Promise<Record<string, Record<string, number>>>;
  search(
    term: string | null,
    options: { filters?: Record<string, string[]>; sort?: Record<string, "asc" | "desc"> },
  ): Promise<Answer>;
}

let loading: Promise<Pagefind> | undefined;

/** Load the script and the index's head once, at the first search. */
export function pagefind(root: URL): Promise<Pagefind> {
  loading ??= (async () => {
    const address = new URL("pagefind/pagefind.js", root).href;
    const found = (await import(address)) as Pagefind;
    await found.options({ baseUrl: root.pathname, excerptLength: 24 });
    await found.init();
    return found;
  })();
  return loading;
}
