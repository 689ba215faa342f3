// Baton's service worker. It keeps what pages are drawn with and one page for when there is no connection. Pages about
// records are never kept. The server puts `SHELL` before this text: {version, urls, offline}.
const CACHE = "baton-" + SHELL.version;

self.addEventListener("install", (event) => event.waitUntil(fill()));

async function fill() {
  const cache = await caches.open(CACHE);
  // The page without a connection is the same for everybody: it is asked for without saying who asks.
  await cache.addAll([...SHELL.urls, new Request(SHELL.offline, { credentials: "omit", cache: "reload" })]);
  await self.skipWaiting();
}

self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

async function takeOver() {
  for (const name of await caches.keys()) if (name.startsWith("baton-") && name !== CACHE) await caches.delete(name);
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode === "navigate" && request.destination === "document") event.respondWith(page(event));
  else if (request.method === "GET" && url.pathname.startsWith("/a/")) event.respondWith(drawnWith(request));
});

async function page(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return (await caches.match(SHELL.offline, { cacheName: CACHE })) ?? Response.error();
  }
}

async function drawnWith(request) {
  return (await caches.match(request, { cacheName: CACHE })) ?? fetch(request);
}
