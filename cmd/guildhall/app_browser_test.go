package main

import (
	"fmt"
	"testing"

	"guildhall/models/clubtest"
	"guildhall/models/clubtest/pushbox"
	"guildhall/static"
)

// A member's browser takes the worker and the manifest as the policy of pages has it; is asked for
// nothing before a click; and has a page of its own for when the club cannot be reached.
func TestTheClubIsAnApp(t *testing.T) {
	s := raise(t, launch(t), clubtest.SQLite(t))
	rita := s.visit("rita", s.Regular)
	rita.open("/settings/devices")
	rita.sees("main", "None yet.")
	rita.run(`(async () => {
		const worker = await navigator.serviceWorker.ready;
		window.reach = worker.scope;
		const manifest = await (await fetch(document.querySelector("link[rel=manifest]").href)).json();
		window.described = [manifest.name, manifest.start_url, manifest.display].join(" ");
		window.icons = (await Promise.all(manifest.icons.map(async (icon) => {
			const picture = new Image();
			picture.src = icon.src;
			await picture.decode();
			return picture.naturalWidth + "x" + picture.naturalHeight === icon.sizes;
		}))).filter(Boolean).length;
		window.kept = (await (await caches.open("offline")).keys()).map((request) => new URL(request.url).pathname);
	})()`)
	rita.until("the worker", `window.reach === location.origin + "/"`)
	rita.until("the manifest", `window.described === "Northlight / standalone" && window.icons === 3`)
	rita.until("what is kept", `window.kept.includes("/offline") && window.kept.every((path) => path === "/offline" || path.startsWith("/static/"))`)
	rita.until("nothing asked", `Notification.permission !== "granted" && document.querySelector("[data-push] button").disabled === false`)
}

// The worker tells the club when the service of its browser changes its address. The service is one of
// ours, as a browser of a test has none; the worker, the page and the club are as they are.
func TestTheWorkerRenewsItsAddress(t *testing.T) {
	s := raise(t, launch(t), clubtest.SQLite(t))
	rita := s.visit("rita", s.Regular)
	rita.open("/settings/devices")
	old, next := pushbox.Open(t, "https://old.example.com", s.Clock.Now), pushbox.Open(t, "https://next.example.com", s.Clock.Now)
	add := func(box *pushbox.Box) {
		sessions := clubtest.Must(s.Members.Sessions(t.Context(), s.Regular))(t)
		clubtest.OK(t, s.Bell.AddDevice(t.Context(), s.Regular, sessions[0].ID, box.Target, "A browser"))
	}
	renew := func(box *pushbox.Box, answered string) {
		t.Helper()
		rita.run(fmt.Sprintf(`(() => {
			const hears = {}, to = { endpoint: %q, keys: { p256dh: %q, auth: %q } };
			window.renewed = "";
			const service = { subscribe: async (options) => ((window.asked = options.applicationServerKey), { toJSON: () => to, unsubscribe: async () => (window.renewed = "given back") }) };
			const self = { location, addEventListener: (name, heard) => (hears[name] = heard), registration: { pushManager: service } };
			((self) => { %s })(self);
			hears.pushsubscriptionchange({ oldSubscription: { endpoint: %q, options: {} }, newSubscription: null, waitUntil: (work) => work.then(() => (window.renewed ||= "told")) });
		})()`, box.Target.Endpoint, box.Target.Key, box.Target.Secret, static.Worker(), old.Target.Endpoint))
		rita.until("the answer", fmt.Sprintf(`window.renewed === %q && window.asked === document.querySelector("[data-push]").dataset.push`, answered))
	}
	add(old)
	renew(next, "told")
	all := clubtest.Must(s.Bell.Devices(t.Context(), s.Regular))(t)
	if len(all) != 1 || all[0].Target() != next.Target {
		t.Fatalf("the browsers are %+v", all)
	}
	clubtest.OK(t, s.Bell.RemoveDevice(t.Context(), s.Regular, all[0].ID))
	renew(next, "given back")
}
