package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/views"
)

// What was just done, said once on the page that comes next. The cookie carries a word of ours and
// never a text.
var sayings = map[string]string{
	"posted":      "Posted.",
	"saved":       "Saved.",
	"untold":      "It stands there. Somebody whom you mention cannot read this space, and was not told.",
	"too-many":    "It stands there. Of those whom one text mentions ten are told; the others were not.",
	"kept":        "Saved as a draft. It waits here, and on your page of drafts.",
	"discarded":   "Discarded. You can bring it back for a day.",
	"settled":     "Put away.",
	"removed":     "Removed. You can bring it back from the same place.",
	"restored":    "It is back.",
	"card-gone":   "The preview is gone; the link stays.",
	"accepted":    "Marked as the answer.",
	"undone":      "Taken back.",
	"wiki":        "A wiki now: whoever may reply may edit it.",
	"own":         "No longer a wiki.",
	"read":        "Everything is marked as read.",
	"resent":      "It is tried again.",
	"dropped":     "Dropped.",
	"silenced":    "No more mail goes to them.",
	"unsilenced":  "Mail goes to them again.",
	"merged":      "Merged. Its address leads to the other one.",
	"seen":        "Nothing of that is new any more.",
	"bookmarked":  "Kept.",
	"ignored":     "Ignored. Nobody is told.",
	"heeded":      "You read them again.",
	"unmarked":    "No longer kept.",
	"reminds":     "Saved. You will be reminded.",
	"unread":      "Marked as unread from there on.",
	"forgot":      "Forgotten.",
	"file-gone":   "The file is gone.",
	"note-read":   "Marked as read.",
	"paused":      "Paused. The bell goes on.",
	"unpaused":    "The pause is over.",
	"tried":       "A mail is on its way to you.",
	"ended-links": "The links in mails that you were sent have ended.",
	"cancelled":   "Cancelled.",
	"scheduled":   "It waits, and is published at its time.",

	"pin": "Pinned at the top of its space.", "unpin": "No longer pinned.", "close": "Closed: only moderators can reply now.", "open": "Open for replies again.",
	"archive": "Archived: it stays as it is, to be read.", "unarchive": "Out of the archive.", "unlist": "Unlisted: for whoever has its address.", "list": "Listed again.",
	"hide": "Hidden from everybody but its moderators.", "show": "It is back.", "move": "Moved.", "rename": "Renamed.", "slow": "The pace is set.", "give": "It is theirs now.",
	"time": "The timers are set.", "split": "Moved. The old addresses lead here.", "merge": "Merged. The old address leads here.", "idle": "It was so already.",
	"chosen":   "Your vote is in. You can change it until the poll closes.",
	"unchosen": "Your vote is taken back.",

	"granted":      "Granted.",
	"withdrawn":    "Withdrawn. It ended just now.",
	"joined":       "They are in.",
	"left":         "Taken out of the group.",
	"seated":       "The seat is theirs.",
	"unseated":     "The seat is free again.",
	"opened-space": "It is open to everyone. Say here who may enter.",
	"locked":       "The doors are set, for everybody at once.",
	"door":         "The door is set.",

	"way-added":     "Added. It signs you in from now on.",
	"way-removed":   "Removed. It opens your account no more.",
	"mailed":        "A link is on its way. Open it in this browser.",
	"signed-out":    "Signed out there.",
	"device":        "This browser tells you from now on.",
	"device-tried":  "A word is on its way to that browser.",
	"no-device":     "Removed. That browser tells you nothing more.",
	"revoked":       "Revoked. It opens nothing any more.",
	"reported":      "Reported. Those who look after it will read it.",
	"decided":       "Decided.",
	"blocked":       "Blocked. Nobody is told.",
	"unblocked":     "No longer blocked.",
	"opened":        "It is on record that you read it.",
	"asked-in":      "They are in.",
	"left-room":     "You left the room.",
	"warned":        "Warned. They are told, with the reason.",
	"suspended":     "Suspended, from this instant on.",
	"lifted":        "Lifted. What they hold is theirs again.",
	"gone":          "Removed for good.",
	"agreed":        "Thank you. You can write again.",
	"put-away":      "Put away.",
	"letter-sent":   "Sent. Until it is delivered you can take it back.",
	"letter-later":  "It waits for its time. Until then you can take it back.",
	"recalled":      "Taken back. It is a draft again, and nobody has seen it.",
	"delivered":     "Delivered.",
	"taken-out":     "It is in your letterbox again.",
	"unread-letter": "Marked as unread.",
	"left-letters":  "You left it. Further letters do not reach you.",

	"ended":   "Taken down, for everybody at once.",
	"welcome": "You are in. Have a look around.",
	"went":    "You are signed out.",
}

const saidCookie = "said"

// say lets the page that is seen next tell what was done.
func say(c echo.Context, word string) {
	c.SetCookie(&http.Cookie{Name: saidCookie, Value: word, Path: "/", MaxAge: 20, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// sayDeed lets the page that is seen next tell of a deed, with the way back; none where nothing changed.
func sayDeed(c echo.Context, do forum.Deed, line id.ID) {
	if line == 0 {
		say(c, "idle")
		return
	}
	say(c, string(do)+"."+line.String())
}

// said takes what the last request let this page say, and the address that undoes it or, of a bookmark, the one
// where it gets a note, if there is one.
func (s *Site) said(c echo.Context) (words, undo, note string) {
	cookie, err := c.Cookie(saidCookie)
	if err != nil {
		return "", "", ""
	}
	c.SetCookie(&http.Cookie{Name: saidCookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	word, line, _ := strings.Cut(cookie.Value, ".")
	switch key := parseID(line); {
	case key == 0:
	case word == "bookmarked":
		note = views.BookmarkAddress(key)
	default:
		undo = views.UndoAddress(key)
	}
	return sayings[word], undo, note
}
