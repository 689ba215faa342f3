// What the server says as it happens, once for a browser: one window listens and tells the others. Each window knows the
// last event that it has, so that what was missed in between is asked for again, whoever listens next.

const kept = 500;
const silence = 150_000;

/**
 * Begins to listen. `after` is the last event that the page shows, `key` the same for all windows of a session;
 * `changes` gets the later events, each once, while the window is in sight; `notices` what is unread, `urgent` what can't wait,
 * `presence` who has a record open,
 * `state` whether the server is heard, `revoked` that the session has ended.
 */
export function startLive({ after, key, changes, notices, urgent, presence, state, revoked }) {
  let last = after;
  /** Events that came, the newest last; whoever asks for what lies behind `since` gets all of it. */
  const recent = [];
  let since = after;
  let stream = null, retry = null, tries = 0, leads = false, heardAt = Date.now(), release = null;
  const pending = [];
  const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("baton-live-" + key);
  const lock = "baton-live-" + key;
  const canShare = Boolean(channel && navigator.locks);

  // --- what came

  function take(message) {
    if (message.kind === "changes") {
      const fresh = message.items.filter((item) => item.id > last);
      if (!fresh.length) return;
      last = fresh.at(-1).id;
      recent.push(...fresh);
      const gone = recent.splice(0, Math.max(0, recent.length - kept));
      if (gone.length) since = gone.at(-1).id;
      if (document.hidden) { pending.push(...fresh); pending.splice(0, Math.max(0, pending.length - kept)); }
      else changes(fresh);
    }
    if (message.kind === "notices") notices(message.unread);
    if (message.kind === "urgent" && !document.hidden) urgent(message.notice);
    if (message.kind === "presence") presence(message.news);
    if (message.kind === "state") state(message.isOpen);
    if (message.kind === "revoked") { stop(); revoked(); }
  }

  let isClosed = false;
  function post(message) { if (!isClosed) channel?.postMessage(message); }
  function tell(message) { take(message); post(message); }

  channel?.addEventListener("message", (event) => {
    const message = event.data;
    heardAt = Date.now();
    if (message.kind !== "hello") return take(message);
    if (!leads) return;
    post({ kind: "state", isOpen: stream?.readyState === EventSource.OPEN });
    // Behind what is kept here: the stream is asked again from there, and everybody leaves out what they have.
    if (message.after < since) { since = message.after; connect(message.after); return; }
    post({ kind: "changes", items: recent.filter((known) => known.id > message.after) });
  });

  // --- the one that listens

  function connect(from = last) {
    clearTimeout(retry);
    stream?.close();
    const mine = (stream = new EventSource("/live?pack=1&after=" + from));
    mine.addEventListener("open", () => { tries = 0; tell({ kind: "state", isOpen: true }); });
    // Many changes at once are one message: an import of thousands must not keep the hand waiting.
    mine.addEventListener("changes", (event) => tell({ kind: "changes", items: JSON.parse(event.data) }));
    mine.addEventListener("notices", (event) => tell({ kind: "notices", unread: JSON.parse(event.data).unread }));
    mine.addEventListener("urgent", (event) => tell({ kind: "urgent", notice: JSON.parse(event.data) }));
    mine.addEventListener("presence", (event) => tell({ kind: "presence", news: JSON.parse(event.data) }));
    mine.addEventListener("revoked", () => tell({ kind: "revoked" }));
    mine.addEventListener("error", () => {
      if (stream !== mine) return;
      tell({ kind: "state", isOpen: false });
      // The browser comes back by itself after a cut; an answer that was no stream ends it.
      if (mine.readyState !== EventSource.CLOSED) return;
      const wait = Math.min(30_000, 1000 * 2 ** Math.min(tries++, 5)) * (0.7 + Math.random() * 0.6);
      retry = setTimeout(() => connect(), wait);
    });
  }

  function disconnect() { clearTimeout(retry); stream?.close(); stream = null; }

  function stop() { disconnect(); leads = false; release?.(); isClosed = true; channel?.close(); document.removeEventListener("visibilitychange", look); }

  function queue(steal = false) {
    navigator.locks.request(lock, steal ? { steal } : {}, () => {
      leads = true;
      connect();
      return new Promise((resolve) => { release = resolve; });
    }).catch(() => {
      // Another window took it over, because this one was not heard for long.
      leads = false;
      disconnect();
      queue();
    });
  }

  // --- in and out of sight

  function look() {
    if (document.hidden) { if (!canShare) disconnect(); return; }
    if (pending.length) changes(pending.splice(0));
    if (!canShare) { if (!stream) connect(); return; }
    if (!leads) post({ kind: "hello", after: last });
    else if (stream?.readyState === EventSource.CLOSED) connect();
  }

  document.addEventListener("visibilitychange", look);
  addEventListener("pageshow", (event) => { if (event.persisted) look(); });
  addEventListener("online", () => { if (leads || !canShare) connect(); });
  if (!canShare) return look();
  queue();
  post({ kind: "hello", after: last });
  setInterval(() => {
    if (leads) post({ kind: "beat" });
    else if (!document.hidden && Date.now() - heardAt > silence) { heardAt = Date.now(); queue(true); }
  }, 30_000);
}
