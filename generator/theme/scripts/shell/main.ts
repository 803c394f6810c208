/** What every page does: the choice of palette, where one is on the page, and the search when it is asked for.

On the pages of the chronology this stands in place of Material's own script, which is twenty times as large; where
that one is on the page, it does all but the search. */

const root = new URL("../../", import.meta.url);

interface Palette {
  index: number;
  color: Record<string, string>;
}

declare global {
  // Material's inline script, which is on every page, keeps what a reader has chosen.
  // eslint-disable-next-line no-var
  var __md_get: ((key: string) => Palette | null) | undefined;
  var __md_set: ((key: string, value: Palette) => void) | undefined;
}

/** Follow the reader's own choice of palette, and before there is one that of the system. */
function palette(): void {
  const options = [...document.querySelectorAll<HTMLInputElement>("input[name=__palette]")];
  if (!options.length) return;
  const labelOf = (option: HTMLInputElement) => option.nextElementSibling as HTMLElement | null;
  const choose = (chosen: HTMLInputElement): void => {
    chosen.checked = true;
    for (const key of ["media", "scheme", "primary", "accent"]) {
      document.body.setAttribute(`data-md-color-${key}`, chosen.getAttribute(`data-md-color-${key}`) ?? "");
    }
    for (const option of options) {
      const label = labelOf(option);
      if (label?.tagName === "LABEL") label.hidden = option !== chosen;
    }
  };
  const kept = globalThis.__md_get?.("__palette");
  const system = () => options.find((option) => matchMedia(option.dataset.mdColorMedia || "not all").matches);
  choose((kept ? options[kept.index] : undefined) ?? system() ?? options[0]!);
  for (const [index, option] of options.entries()) {
    option.addEventListener("change", () => {
      choose(option);
      const color: Record<string, string> = {};
      for (const key of ["media", "scheme", "primary", "accent"]) color[key] = option.getAttribute(`data-md-color-${key}`) ?? "";
      globalThis.__md_set?.("__palette", { index, color });
    });
    matchMedia(option.dataset.mdColorMedia || "not all").addEventListener("change", (event) => {
      if (event.matches && !globalThis.__md_get?.("__palette")) choose(option);
    });
  }
}

/** Mark in the table of contents where the reader is, name the page in the header, and offer the way back up. */
function follow(): void {
  const links = new Map<Element, HTMLElement>();
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".md-nav--secondary a[href^='#']")) {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (target) links.set(target, link);
  }
  const title = document.querySelector("[data-md-component=header-title]");
  const heading = document.querySelector("article h1");
  const top = document.querySelector<HTMLElement>("[data-md-component=top]");
  let before = scrollY;
  let waiting = false;
  const look = (): void => {
    waiting = false;
    let reached: HTMLElement | undefined;
    for (const [target, link] of links) {
      if (target.getBoundingClientRect().top < 120) reached = link;
    }
    for (const link of links.values()) link.classList.toggle("md-nav__link--active", link === reached);
    if (heading) title?.classList.toggle("md-header__title--active", heading.getBoundingClientRect().bottom < 48);
    if (top) top.hidden = scrollY > before || scrollY < innerHeight;
    before = scrollY;
  };
  addEventListener("scroll", () => {
    if (!waiting) requestAnimationFrame(look);
    waiting = true;
  }, { passive: true });
  top?.addEventListener("click", () => {
    scrollTo({ top: 0 });
    (document.querySelector("article a[href], article [tabindex]") as HTMLElement | null)?.focus({ preventScroll: true });
  });
  look();
}

/** Let what is wider than its place be moved by keyboard. */
function reachable(): void {
  for (const box of document.querySelectorAll<HTMLElement>("pre > code, .md-sidebar__scrollwrap, .encounters, .map")) {
    if (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight) box.tabIndex = 0;
  }
}

/** Close the menu of a narrow screen with Escape, and after a link in it has been followed. */
function drawer(): void {
  const toggle = document.getElementById("__drawer") as HTMLInputElement | null;
  if (!toggle) return;
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") toggle.checked = false;
  });
  document.querySelector(".md-sidebar--primary")?.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("a[href]")) toggle.checked = false;
  });
}

interface Search {
  fill(dialog: HTMLDialogElement, input: HTMLInputElement): Promise<void>;
}

/** Open the search at “/”, Ctrl-K, or the link in the header. Its field is there at once, all else is loaded then. */
function search(): void {
  const links = document.querySelectorAll<HTMLAnchorElement>("a[href].search-open");
  const link = links[0];
  if (!link) return;
  const page = document.querySelector<HTMLElement>("#search");
  let dialog: HTMLDialogElement | undefined;
  const input = document.createElement("input");
  const open = (): void => {
    if (page) {
      page.querySelector("input")?.focus();
      return;
    }
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.className = "search-dialog md-typeset";
      input.type = "search";
      input.autocomplete = "off";
      for (const element of [dialog, input]) element.setAttribute("aria-label", link.innerText.trim() || link.title);
      dialog.append(input);
      document.body.append(dialog);
      void fill(dialog);
    }
    if (!dialog.open) dialog.showModal();
    input.select();
  };
  const preload = (path: string): void => {
    const hint = Object.assign(document.createElement("link"), { rel: "modulepreload", href: new URL(path, root).href });
    document.head.append(hint);
  };
  const fill = async (empty: HTMLDialogElement): Promise<void> => {
    preload("pagefind/pagefind.js");
    try {
      await ((await import(new URL("assets/chronology/search.js", root).href)) as Search).fill(empty, input);
    } catch {
      location.href = link.href;
    }
  };
  for (const each of links) {
    each.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open();
    });
  }
  addEventListener("keydown", (event) => {
    const asked = (event.key === "/" && !event.ctrlKey && !event.metaKey) || (event.key === "k" && (event.ctrlKey || event.metaKey));
    if (!asked || (event.key === "/" && writes(event.target))) return;
    event.preventDefault();
    open();
  });
}

function writes(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(input|select|textarea)$/i.test(target.tagName));
}

if (!document.querySelector("script[src*='/javascripts/bundle.']")) {
  palette();
  follow();
  drawer();
  reachable();
}
search();
