/** What the scripts say: English in the sources, other languages from a file that the site publishes. */

export const LANGUAGE = document.documentElement.lang || "en";
export const RIGHT_TO_LEFT = document.body.dir === "rtl";

// The site writes English dates with the day first.
export const FORMATS = LANGUAGE.replace(/^en$/, "en-GB");

let known: Record<string, string | Record<string, string>> = {};

/** Fetch the words of the page’s language, once; without them everything is said in English. */
export async function speak(root: URL): Promise<void> {
  if (LANGUAGE.split("-")[0] === "en") return;
  const answer = await fetch(new URL("assets/chronology/words.json", root));
  if (answer.ok) known = (await answer.json()) as typeof known;
}

function fill(message: string, values: Record<string, string | number>): string {
  return message.replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all));
}

/** Digits as the pages write them, whatever the language. */
export function number(value: number): string {
  return value.toLocaleString(FORMATS, { numberingSystem: "latn" });
}

/** A year as the pages write it: with its era where it has less than four digits, or lies before the common one. */
export function yearWords(year: number): string {
  if (year > 999) return String(year);
  return year > 0 ? say("{year} CE", { year }) : say("{year} BCE", { year: 1 - year });
}

export function say(message: string, values: Record<string, string | number> = {}): string {
  const said = known[message];
  return fill(typeof said === "string" ? said : message, values);
}

/** The message for a number, which fills in `n`. */
export function many(value: number, one: string, other: string, values: Record<string, string | number> = {}): string {
  const forms = known[other];
  const form = new Intl.PluralRules(FORMATS).select(value);
  const said = typeof forms === "object" ? (forms[form] ?? forms.other ?? other) : value === 1 ? one : other;
  return fill(said, { n: number(value), ...values });
}
