// A block from a spreadsheet: first what would come of it, then the writing.
import { fail, icon, make, openDialog, say, toast } from "./app.js";

/** Rows and cells of a block as spreadsheets copy it: tabs between cells, quotes around cells with line ends. */
export function readBlock(text) {
  const rows = [[]];
  let cell = "", quoted = false;
  for (let place = 0; place < text.length; place++) {
    const character = text[place];
    if (quoted) {
      if (character === '"' && text[place + 1] === '"') { cell += '"'; place++; } else if (character === '"') quoted = false; else cell += character;
    } else if (character === '"' && cell === "") quoted = true;
    else if (character === "\t") { rows.at(-1).push(cell); cell = ""; } else if (character === "\n") { rows.at(-1).push(cell); cell = ""; rows.push([]); } else if (character !== "\r") cell += character;
  }
  rows.at(-1).push(cell);
  if (rows.length > 1 && rows.at(-1).length === 1 && rows.at(-1)[0] === "") rows.pop();
  return rows;
}

export async function pasteBlock(text, { place, chosen, rows, heads, send, settle, remember, back }) {
  let block = readBlock(text);
  let start = rows.indexOf(place.row), left = place.index;
  // One value fills the block that is chosen.
  if (chosen.rows.length > 1 || chosen.to > chosen.from) {
    start = rows.indexOf(chosen.rows[0]);
    left = chosen.from;
    if (block.length === 1 && block[0].length === 1) block = chosen.rows.map(() => Array(chosen.to - chosen.from + 1).fill(block[0][0]));
  }
  const fixed = new Set(), changes = [];
  block.forEach((values, offset) => {
    const row = rows[start + offset];
    if (!row) return;
    const pairs = [];
    values.forEach((value, right) => {
      const head = heads[left + right];
      if (head?.dataset.c === undefined) return;
      if (head.dataset.e === undefined) fixed.add(head.textContent.trim()); else pairs.push([head.dataset.c, value]);
    });
    if (pairs.length) changes.push({ row, pairs });
  });
  const beyond = Math.max(0, block.length - (rows.length - start));
  if (!changes.length) { toast(say("readOnlySkipped", { names: [...fixed].join(say("comma")) }), { isError: true }); return; }
  try {
    const said = await inParts(changes, (part) => send(part, { dry: true, texts: true }));
    const refused = said.filter((one) => !one.ok), good = new Set(said.filter((one) => one.ok).map((one) => one.id));
    const apply = async () => {
      const done = await inParts(changes.filter((one) => good.has(one.row.dataset.id)), (part) => send(part, { texts: true }));
      settle(done);
      remember(done);
      const late = done.filter((one) => !one.ok);
      if (late.length) toast(say("notWritten", { n: late.length, why: late[0].message }), { isError: true });
    };
    if (!refused.length && !beyond && !fixed.size && changes.length === 1) { await apply(); return; }
    preview({ block, good: good.size, refused, beyond, fixed: [...fixed], apply, back });
  } catch (error) { fail(error); }
}

/** Sends changes a hundred at a time and joins the answers. */
export async function inParts(changes, act, onPart) {
  const all = [];
  for (let from = 0; from < changes.length; from += 100) {
    if (onPart?.(from) === false) break;
    all.push(...(await act(changes.slice(from, from + 100))).rows);
  }
  onPart?.(changes.length);
  return all;
}

/** The records that can't be changed, and why. */
export function refusals(refused) {
  const items = make("ul", { class: "ref-l" });
  for (const one of refused.slice(0, 200)) items.append(make("li", {}, make("b", { text: one.title || one.id, dir: "auto" }), make("span", { text: one.label ? say("fieldSays", { field: one.label, text: one.message }) : one.message })));
  return items;
}

function preview({ block, good, refused, beyond, fixed, apply, back }) {
  const title = say("pasteTitle", { rows: block.length, columns: Math.max(...block.map((row) => row.length)) });
  const body = make("div", { class: "dl-b" }, make("p", { class: "row" }, icon("check-circle"), make("span", { text: say("pasteFits", { n: good }) })));
  if (refused.length) body.append(make("p", { class: "row t-bad" }, icon("alert-triangle"), make("span", { text: say("pasteRefused", { n: refused.length }) })), refusals(refused));
  if (beyond) body.append(make("p", { class: "mut", text: say("pasteSkipped", { n: beyond }) }));
  if (fixed.length) body.append(make("p", { class: "mut", text: say("readOnlySkipped", { names: fixed.join(say("comma")) }) }));
  const dialog = make("dialog", { class: "dl", "aria-label": title },
    make("header", {}, make("h2", { text: title }), make("span", { class: "sp" }), make("button", { class: "ib", type: "button", "aria-label": say("close"), "data-close": true }, icon("x"))),
    body,
    make("footer", { class: "dl-f" }, make("button", { class: "btn", type: "button", text: say("cancel"), "data-close": true }),
      make("button", { class: "btn p", type: "button", text: say("write", { n: good }), disabled: good === 0, onclick: async (event) => { event.currentTarget.classList.add("busy"); await apply().catch(fail); dialog.close(); } })));
  // The row of the cell was drawn anew meanwhile.
  dialog.addEventListener("close", () => { dialog.remove(); back(); });
  document.body.append(dialog);
  openDialog(dialog);
  dialog.querySelector(".btn.p")?.focus();
}
