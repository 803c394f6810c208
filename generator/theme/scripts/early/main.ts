// Runs before a page is drawn: applies the reader's choice of palette, and defines what Material's script expects.
// In place of two inline scripts of Material's, which stood on every page and which a content security policy forbids.

interface Palette {
  color?: Record<string, string | null>;
}

declare global {
  interface Window {
    __md_scope: URL;
    __md_hash: (text: string) => number;
    __md_get: (key: string, storage?: Storage, scope?: URL) => unknown;
    __md_set: (key: string, value: unknown, storage?: Storage, scope?: URL) => void;
  }
}

const own = document.currentScript as HTMLScriptElement;
window.__md_scope = new URL("../..", own.src);
window.__md_hash = (text) => [...text].reduce((hash, letter) => (hash << 5) - hash + letter.charCodeAt(0), 0);
window.__md_get = (key, storage = localStorage, scope = window.__md_scope) =>
  JSON.parse(storage.getItem(`${scope.pathname}.${key}`) ?? "null");
window.__md_set = (key, value, storage = localStorage, scope = window.__md_scope) => {
  try {
    storage.setItem(`${scope.pathname}.${key}`, JSON.stringify(value));
  } catch {
    // Without storage the choice lasts as long as the page.
  }
};

try {
  const { color } = (window.__md_get("__palette") as Palette | null) ?? {};
  if (color && document.body) {
    if (color.media === "(prefers-color-scheme)") {
      const wanted = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
      const input = document.querySelector(`[data-md-color-media='(prefers-color-scheme: ${wanted})']`);
      for (const name of ["media", "scheme", "primary", "accent"]) {
        color[name] = input?.getAttribute(`data-md-color-${name}`) ?? null;
      }
    }
    for (const [name, value] of Object.entries(color)) {
      document.body.setAttribute(`data-md-color-${name}`, String(value));
    }
  }
} catch {
  // Storage that may not be read is as good as none.
}

export {};
