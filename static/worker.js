// The worker of the club: it shows what is pushed while no page is open, and a page of its own where
// there is no connection. It keeps nothing of anybody's: what it has stored is alike for everyone.
const kept = "offline";
const offline = "/offline";

async function keep() {
  const page = await fetch(new Request(offline, { cache: "reload", credentials: "omit" }));
  if (!page.ok) return;
  const sheets = [...(await page.clone().text()).matchAll(/href="(\/static\/[^"]+\.css)"/g)].map((found) => found[1]);
  const store = await caches.open(kept);
  for (const old of await store.keys()) await store.delete(old);
  await store.put(offline, page);
  await store.addAll(sheets);
}

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// Pages come from the club alone. Without it there is the one that says so, and its sheets.
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(async () => (await caches.match(offline)) ?? Response.error()));
  } else if (request.destination === "style") {
    event.respondWith(fetch(request).catch(async () => (await caches.match(request)) ?? Response.error()));
  }
});

self.addEventListener("push", (event) => {
  let told;
  try {
    told = event.data.json();
  } catch {
    told = { title: "Something happened in the club", href: "/notifications", tag: "?" };
  }
  const { title, body, href, tag } = told;
  event.waitUntil(self.registration.showNotification(title, { body, tag, renotify: true, data: { href } }));
});

// The service of a browser may give it another address: the club is told which, so that it goes on telling.
// What the member took away meanwhile stays away, and the browser gives the new address back.
async function renew({ oldSubscription, newSubscription }) {
  const devices = "/settings/devices";
  const subscribed = async () => {
    const known = oldSubscription?.options.applicationServerKey;
    const key = known ?? (await (await fetch(devices)).text()).match(/data-push="([\w-]+)"/)?.[1];
    return self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  };
  const now = newSubscription ?? (await subscribed());
  const { endpoint, keys } = now.toJSON();
  const body = new URLSearchParams({ old: oldSubscription?.endpoint ?? "", endpoint, key: keys.p256dh, secret: keys.auth });
  const answer = await fetch(devices + "/renew", { method: "POST", body, redirect: "manual" });
  if ([0, 205, 401, 403].includes(answer.status)) await now.unsubscribe();
}

self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event)));

// A click opens the place, in a page of the club that is open if there is one.
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const to = new URL(event.notification.data?.href ?? "/", self.location.origin);
  if (to.origin !== self.location.origin) return;
  event.waitUntil(
    (async () => {
      const [page] = await self.clients.matchAll({ type: "window" });
      if (!page) return self.clients.openWindow(to);
      await page.focus();
      return page.navigate(to);
    })(),
  );
});
