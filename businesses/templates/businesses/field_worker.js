// Keeps the page of the app and its files on the device, by version, and nothing else: no other page, and no data.
// The page itself comes from the server where that answers soon, because only then it says who is signed in.
const KEEP = "iq-field-{{ version }}";
const APP = "{% url "businesses:field_app" %}";
const KEPT = `${APP}?kept`;
const STATIC = "{% get_static_prefix %}";
const PATIENCE = 3000;
const FILES = {{ files|safe }};

self.addEventListener("install", (event) => {
  event.waitUntil(keepAll().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOlder().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  if (event.request.mode === "navigate" && address.pathname === APP) event.respondWith(page(event.request));
  else if (address.pathname.startsWith(STATIC)) event.respondWith(file(event.request));
});

async function keepAll() {
  const cache = await caches.open(KEEP);
  const shell = await fetch(KEPT, { cache: "reload" });
  if (!shell.ok || shell.redirected) throw new Error("the page was not given out");
  await cache.put(KEPT, shell);
  await cache.addAll(FILES.map((address) => new Request(address, { cache: "reload" })));
}

async function dropOlder() {
  for (const name of await caches.keys()) {
    if (name.startsWith("iq-field-") && name !== KEEP) await caches.delete(name);
  }
}

async function page(request) {
  const kept = await (await caches.open(KEEP)).match(KEPT);
  if (!kept) return fetch(request);
  try {
    const live = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    return live.type === "opaqueredirect" || live.status >= 500 ? kept : live;
  } catch {
    return kept;
  }
}

async function file(request) {
  const cache = await caches.open(KEEP);
  const kept = await cache.match(request, { ignoreSearch: true });
  if (kept) return kept;
  const live = await fetch(request);
  if (live.ok && live.type === "basic") await cache.put(request, live.clone());
  return live;
}
