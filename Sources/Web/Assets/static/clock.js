// Time goes on without a new page: what is left of a leg by its own clock, and how long until the next one is called.
import { say } from "./app.js";

const hour = 3600000;
/** What asks the server again when a limit has passed; the pages that can set it. */
let asks = () => {};
export function onDue(handler) { asks = handler; }

const born = new WeakMap();

/** Working time that has passed since the server wrote the element: nothing while nobody works. */
function passed(element, now) {
  if (!born.has(element)) born.set(element, now);
  const start = born.get(element), turn = Number(element.dataset.turn || Infinity);
  return "open" in element.dataset ? Math.min(now, Math.max(turn, start)) - start : Math.max(0, now - Math.max(turn, start));
}

function span(length, day, isExact) {
  const minutes = Math.floor(length / 60000);
  if (minutes < 60) return say("minutes", { n: minutes });
  if (length < day) {
    const rest = minutes % 60, hours = Math.floor(minutes / 60);
    return isExact && rest ? say("hoursMinutes", { h: hours, n: rest }) : say("hours", { n: hours });
  }
  const tenths = Math.floor(length * 10 / day);
  return say("days", { n: tenths % 10 === 0 || tenths >= 100 ? Math.floor(tenths / 10) : Math.floor(tenths / 10) + "." + tenths % 10 });
}

function tick() {
  const now = Date.now();
  let isOver = false;
  for (const element of document.querySelectorAll("[data-left]")) {
    const before = Number(element.dataset.left), left = before - passed(element, now);
    if (before > 0 && left <= 0) { isOver = true; continue; }
    if (before > 8 * hour && left <= 8 * hour) isOver = true;
    if (before === 0 || "days" in element.dataset) continue;
    const text = say(left < 0 ? "lateBy" : "leftFor", { t: span(Math.abs(left), Number(element.dataset.day), "exact" in element.dataset) });
    if (element.textContent !== text) element.textContent = text;
  }
  for (const element of document.querySelectorAll("[data-until]")) {
    const left = Date.parse(element.dataset.until) - now, minutes = Math.floor(left / 60000);
    if (minutes < 0) { isOver = isOver || !("asked" in element.dataset); element.dataset.asked = ""; continue; }
    const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
    const time = days ? say("daysHours", { n: days, h: hours }) : hours ? say("hoursMinutes", { h: hours, n: rest }) : say("minutes", { n: rest });
    element.textContent = say("calledIn", { t: time, who: element.dataset.who ?? "" });
  }
  if (isOver) asks();
}
setInterval(tick, 15000);
document.addEventListener("visibilitychange", () => { if (!document.hidden) tick(); });
