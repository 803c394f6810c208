/** Search from every page: “/” or Ctrl-K open it, and the search page keeps the question in its address. */

import { make } from "../shared/elements.js";
import { say, speak } from "../shared/words.js";
import { SearchBox } from "./box.js";

const root = new URL("../../", import.meta.url);
const spoken = speak(root).catch(() => undefined);
const page = document.getElementById("search");
let box: SearchBox | undefined;
let dialog: HTMLDialogElement | undefined;

async function open(): Promise<void> {
  await spoken;
  if (page) {
    box?.input.focus();
    return;
  }
  if (!dialog) {
    box = new SearchBox(root, () => undefined);
    const close = make("button", { type: "button", class: "search-close", "aria-label": say("Close") }, "×");
    dialog = make("dialog", { class: "search-dialog md-typeset", "aria-label": say("Search") }, close, box.element);
    const shown = dialog;
    close.addEventListener("click", () => shown.close());
    // Escape would first empty the field, and only then close.
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape") shown.close();
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === shown) shown.close();
    });
    document.body.append(dialog);
    void box.take(new URLSearchParams());
  }
  if (!dialog.open) dialog.showModal();
  box!.input.select();
}

function writes(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(input|select|textarea)$/i.test(target.tagName));
}

for (const link of document.querySelectorAll<HTMLAnchorElement>("a[href].search-open")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void open();
  });
}

addEventListener("keydown", (event) => {
  const asked = (event.key === "/" && !event.ctrlKey && !event.metaKey) || (event.key === "k" && (event.ctrlKey || event.metaKey));
  if (!asked || (event.key === "/" && writes(event.target))) return;
  event.preventDefault();
  void open();
});

if (page) {
  await spoken;
  box = new SearchBox(root, (query) => {
    const text = query.toString();
    history.replaceState(history.state, "", location.pathname + (text ? `?${text}` : ""));
  });
  page.replaceChildren(box.element);
  void box.take(new URLSearchParams(location.search)).catch(() => {
    page.append(make("p", { role: "alert" }, say("The search could not be loaded.")));
  });
  box.input.focus();
}
