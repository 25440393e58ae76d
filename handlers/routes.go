package handlers

import "net/http"

const (
	get  = http.MethodGet
	post = http.MethodPost
)

// table is every address of the club, one to a line: who may knock, what a token needs, how a
// forged request is told from one of ours, which limit it draws on, what shows there.
func table() []Route {
	return []Route{
		on(get, "/healthz", (*Site).healthz, Anyone, NoScope, Safe, Assets, "health"),
		on(get, "/readyz", (*Site).readyz, Anyone, NoScope, Safe, Assets, "health"),
		on(get, "/static/*", (*Site).static, Anyone, NoScope, Safe, Assets, "static"), // the club's hue is one of its sheets
		on(get, "/pictures/:hash", (*Site).picture, Anyone, NoScope, Safe, Assets, "picture"),

		on(post, "/sign-in/dev", (*Site).signInDev, Anyone, NoScope, SameOrigin, SignIns, "sign-in").onlyDev(),
		on(post, "/sign-out", (*Site).signOut, Anyone, NoScope, SameOrigin, SignIns, "sign-out").evenSuspended(),
	}
}
