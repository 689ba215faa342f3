// What runs before a page is seen: keys pressed while it still comes are kept for those who will know what they mean.

/** An input method is at work: its Enter and letters are not ours. */
let composedAt = 0;
document.addEventListener("compositionend", () => { composedAt = performance.now(); }, true);
export const isComposing = (event) => event.isComposing || event.keyCode === 229 || performance.now() - composedAt < 20;

export const isTyping = (event) => {
  const target = event.target;
  return target.isContentEditable || target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, dialog[open]");
};

const early = [];
function keepKey(event) {
  const isPalette = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
  if (isComposing(event) || !isPalette && (isTyping(event) || event.key.length !== 1 || event.key === " " || event.ctrlKey || event.metaKey || event.altKey)) return;
  event.preventDefault();
  early.push(event);
}
document.addEventListener("keydown", keepKey);

/** Kept once the page has been drawn; a page in a tab that nobody looks at is not drawn and does not wait for long. */
export const seen = new Promise((done) => {
  new PerformanceObserver(done).observe({ type: "paint", buffered: true });
  setTimeout(done, 500);
});

/** Gives the keys to the modules of the page when all of them have run. */
export async function giveKeys() {
  const modules = [...document.querySelectorAll("script[type=module][src]")];
  await Promise.allSettled(modules.map((module) => import(module.src)));
  document.removeEventListener("keydown", keepKey);
  for (const { key, code, ctrlKey, metaKey, shiftKey } of early) (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", { key, code, ctrlKey, metaKey, shiftKey, bubbles: true, cancelable: true }));
}
