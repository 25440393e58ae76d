package leaks_test

import (
	"testing"

	"guildhall/cmd/guildhall/running"
	"guildhall/models/clubtest"
)

// row says what of a space stands on a surface, so that the walk can tell that it came there: shows
// is the field whose canary those see who are in. A surface with nothing of any space says something
// else, to somebody.
type row struct {
	shows string
	says  string
	to    string // the part who must see it; "member" if empty

	nothing bool // nothing comes out of it to anybody
}

// rows is one for every surface that the program declares; "api/" stands before those of the API.
// TestEverySurfaceHasARow tells of one that is missing.
var rows = map[string]row{
	"health":  {says: "ok"},
	"writing": {says: "grinning"},
	"static":  {says: "{"},
	"picture": {says: "PNG"},
	"file":    {shows: "file"},
	"lost":    {says: "nothing here"},
	"api":     {says: "openapi"},

	"home":            {shows: "title", to: "blocked"},
	"new-topic":       {says: "Ask in"},
	"preview":         {says: "A text of some length."},
	"space":           {shows: "title"},
	"topic":           {shows: "text"},
	"latest":          {shows: "title"},
	"tags":            {shows: "tag"},
	"letters":         {says: letterText},
	"bookmarks":       {shows: "title"},
	"own-files":       {shows: "title"},
	"post":            {shows: "edited"},
	"care":            {shows: "title", to: "owner"},
	"care-log":        {shows: "hidden", to: "owner"},
	"texts":           {shows: "saved", to: "owner"},
	"scheduled":       {says: "Scheduled"},
	"poll":            {shows: "poll"},
	"feed":            {shows: "title"},
	"sitemap":         {says: "<loc>", to: "anonymous"},
	"room":            {shows: "message"},
	"rooms":           {says: "Direct rooms"},
	"direct-room":     {nothing: true}, // nobody who looks is in it; whoever is was seen to read it
	"complete":        {shows: "title"},
	"drafts":          {shows: "draft"},
	"draft":           {nothing: true},
	"history":         {shows: "why"},
	"message":         {shows: "message", to: "owner"},
	"thread":          {shows: "thread"},
	"pins":            {shows: "message"},
	"forward":         {shows: "message"},
	"turned":          {shows: "message"},
	"message-history": {shows: "former"},
	"profile":         {shows: "title"},
	"standing":        {says: "What counts here"},
	"notifications":   {shows: "title"},
	"search":          {shows: "text"},
	"suggest":         {shows: "message"},
	"membership":      {says: "Patron"},
	"report":          {shows: "reply"},
	"review":          {shows: "flag", to: "owner"},
	"blocked":         {says: "block"},

	"settings":    {says: "mel"},
	"unsubscribe": {says: "This link has ended", to: "anonymous"},
	"invitations": {says: "invitation"},
	"join":        {says: "Mel", to: "anonymous"},
	"sign-in":     {says: "Keyring", to: "anonymous"},
	"welcome":     {says: "Handle", to: "unverified"},
	"set-up":      {says: "owner", to: "anonymous"},

	"page":   {says: memberPage},
	"rules":  {says: "Be kind"},
	"banner": {nothing: true},
	"keys":   {says: "kbd"},

	"manage-pages":   {says: draftPage, to: "owner"},
	"manage-banners": {says: tierBanner, to: "owner"},

	"manage":         {says: "Northlight", to: "owner"},
	"manage-tiers":   {says: "Patron", to: "owner"},
	"manage-members": {says: "avis", to: "owner"},
	"manage-letters": {says: "could not be delivered", to: "owner"},
	"manage-tags":    {shows: "tag", to: "owner"},
	"manage-groups":  {says: "group", to: "owner"},
	"manage-spaces":  {says: "Darkroom", to: "owner"},
	"manage-locks":   {says: "Patron", to: "owner"},

	"api/settings":      {says: `"mel"`, to: "token for this space"},
	"api/space":         {shows: "title", to: "token for this space"},
	"api/topic":         {shows: "text", to: "token for this space"},
	"api/room":          {shows: "message", to: "token for this space"},
	"api/profile":       {says: `"avis"`, to: "token for this space"},
	"api/standing":      {says: "{", to: "token for this space"},
	"api/notifications": {shows: "title", to: "token for this space"},

	"live": {}, "live-write": {}, "live-changes": {}, "live-typing": {}, "live-presence": {}, "live-unread": {}, "live-notice": {}, "live-standing": {},

	"sign-out": {}, "mail-link": {}, "mail-in": {}, "metrics": {}, "log": {}, "terminal": {}, "terminal-link": {},
	"upkeep": {nothing: true}, "relay": {nothing: true},

	"mail-told": {shows: "letter"}, "mail-digest": {shows: "missed"}, "push": {shows: "letter"},
}

// A surface without a row is one of which nobody knows what leaves by it.
func TestEverySurfaceHasARow(t *testing.T) {
	w := &world{t: t, p: running.Installed(t, "")}
	clubtest.OK(t, w.p.Built())
	declared := map[string]bool{}
	for _, way := range w.declared().Ways {
		declared[surfaceOf(way)] = true
	}
	for surface := range declared {
		if _, ok := rows[surface]; !ok {
			t.Errorf("the surface %q has no row: add one to rows in cmd/guildhall/leaks/rows_test.go that says what of a space stands there, and to whom. "+
				"Put a canary of it into furnish (cast_test.go) if there is none, and say in fillings (walk_test.go) what stands in the gaps of its addresses. CONTRIBUTING.md tells how.", surface)
		}
	}
	for surface := range rows {
		if !declared[surface] {
			t.Errorf("the row %q is of no surface: take it out", surface)
		}
	}
}
