/** Small helpers for making elements; text is always set as text. */

export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

export function option(value: string, label: string): HTMLOptionElement {
  return make("option", { value }, label);
}

/** A labelled choice; `key` makes its id. */
export function choice(key: string, label: string, options: [string, string][]): [HTMLElement, HTMLSelectElement] {
  const id = `choice-${key}`;
  const select = make("select", { id }, ...options.map(([value, name]) => option(value, name)));
  return [make("div", { class: "timeline-choice" }, make("label", { for: id }, label), select), select];
}

export function button(label: string, title: string, pressed: () => void): HTMLButtonElement {
  const element = make("button", { type: "button", title, "aria-label": title }, label);
  element.addEventListener("click", pressed);
  return element;
}
