package leaks_test

import (
	"net/http"
	"strings"

	"guildhall/handlers/ways"
	"guildhall/models/member"
)

// want is the status with which a way answers a part, by the model; 0 where more than one will do.
// This is the design in figures: the door for everything below a space that is listed and closed,
// nothing for one that is not listed, and for a suspended member the same notice before anything is
// looked up.
func want(way ways.Way, p part, k kind, q ask) int {
	program := strings.Contains(q.header["Accept"], "json")
	reads := q.method == http.MethodGet || q.method == http.MethodHead
	api := strings.HasPrefix(way.Path, "/api/v1")
	switch {
	case way.Rate == "asset":
		return 0 // the same for everybody: nobody is looked up
	case p.name == "token of one scope" && way.Scope != string(member.ReadMe):
		return http.StatusForbidden
	case p.token && way.Scope == "":
		return http.StatusForbidden
	case api && !p.token:
		return http.StatusUnauthorized
	case p.name == "suspended" && !way.Suspended:
		return http.StatusForbidden
	case way.Gate != "anyone" && p.handle == "" && !api:
		if reads && !program {
			return http.StatusSeeOther
		}
		return http.StatusForbidden
	case (way.Gate == "owner" || way.Gate == "fresh") && p.handle != "ona":
		return http.StatusForbidden
	case way.Gate == "keeper" && !p.keeps && p.name != "moderator of another space":
		return http.StatusForbidden
	case way.Path == "/pages/:name" && !readsPage(p, q.path):
		return http.StatusNotFound
	case strings.Contains(way.Path, ":flag") && !p.keeps:
		return http.StatusNotFound
	case strings.Contains(way.Path, "/letters/:letters") && !readsLetters(p):
		return http.StatusNotFound // whatever their keys, their seat or their office
	case strings.HasPrefix(way.Path, "/feed/:key/"):
		return http.StatusNotFound // a key that never was, whatever it is to open
	case hangs(way) && k != public && !p.in:
		return http.StatusNotFound // it does not name its space, so locked is as hidden
	case strings.HasPrefix(way.Path, "/rooms/:room"):
		return http.StatusNotFound // nobody who looks is in it, whatever they keep
	case !inside(way) || k == public || p.in:
		return 0
	case k == locked && (!p.token || p.name == "token below tier"):
		return http.StatusForbidden
	}
	return http.StatusNotFound
}
