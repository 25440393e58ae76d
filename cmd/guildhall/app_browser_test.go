package main

import (
	"testing"

	"guildhall/models/clubtest"
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
