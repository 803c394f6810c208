/** The search in a dialog over any page; the search page keeps the question in its address. */

import { make } from "../shared/elements.js";
import { say, speak } from "../shared/words.js";
import { SearchBox } from "./box.js";

const root = new URL("../../", import.meta.url);

/** Put the search into a dialog whose field is there already, and answer what has been typed meanwhile. */
export async function fill(dialog: HTMLDialogElement, input: HTMLInputElement): Promise<void> {
  await speak(root).catch(() => undefined);
  const box = new SearchBox(root, input, () => undefined);
  const close = make("button", { type: "button", class: "search-close", "aria-label": say("Close") }, "×");
  close.addEventListener("click", () => dialog.close());
  // Escape would first empty the field, and only then close.
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.append(close, box.element);
  input.focus();
  await box.take(new URLSearchParams(input.value ? { q: input.value } : {}));
}

const page = document.getElementById("search");
if (page) {
  await speak(root).catch(() => undefined);
  const box = new SearchBox(root, make("input", { type: "search", autocomplete: "off" }), (query) => {
    const text = query.toString();
    history.replaceState(history.state, "", location.pathname + (text ? `?${text}` : ""));
  });
  page.replaceChildren(box.element);
  void box.take(new URLSearchParams(location.search)).catch(() => {
    page.append(make("p", { role: "alert" }, say("The search could not be loaded.")));
  });
  box.input.focus();
}
