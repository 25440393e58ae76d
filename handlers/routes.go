package handlers

import (
	"net/http"

	"guildhall/models/forum"
)

const (
	get  = http.MethodGet
	post = http.MethodPost
)

// longText is what a form with a post in it may bring: 32,000 bytes, each of which a form may write
// as three, and room for the rest.
const longText = 128 << 10

// table is every address of the club, one to a line: who may knock, what a token needs, how a
// forged request is told from one of ours, which limit it draws on, what shows there.
func table() []Route {
	return []Route{
		on(get, "/healthz", (*Site).healthz, Anyone, NoScope, Safe, Assets, "health"),
		on(get, "/readyz", (*Site).readyz, Anyone, NoScope, Safe, Assets, "health"),
		on(get, "/static/*", (*Site).static, Anyone, NoScope, Safe, Assets, "static"), // the club's hue is one of its sheets
		on(get, "/pictures/:hash", (*Site).picture, Anyone, NoScope, Safe, Assets, "picture"),

		on(get, "/live", (*Site).socket, Anyone, NoScope, Socket, Sockets, "live"),

		on(get, "/", (*Site).home, Anyone, NoScope, Safe, Pages, "home"),
		on(post, "/caught-up", (*Site).caughtUp, Member, NoScope, SameOrigin, Writes, "home"),
		on(get, "/new", (*Site).chooseSpace, Member, NoScope, Safe, Pages, "new-topic"),
		on(post, "/preview", (*Site).previewed, Member, NoScope, SameOrigin, Writes, "preview").upTo(longText),

		on(get, "/s/:space", (*Site).space, Anyone, NoScope, Safe, Pages, "space"),
		on(get, "/s/:space/new", (*Site).newTopic, Member, NoScope, Safe, Pages, "new-topic"),
		on(post, "/s/:space/new", (*Site).startTopic, Member, NoScope, SameOrigin, Writes, "topic").upTo(longText),
		on(get, "/s/:space/t/:topic", (*Site).topic, Anyone, NoScope, Safe, Pages, "topic"),
		on(get, "/s/:space/t/:topic/:slug", (*Site).topic, Anyone, NoScope, Safe, Pages, "topic"),
		on(post, "/s/:space/t/:topic/reply", (*Site).reply, Member, NoScope, SameOrigin, Writes, "topic").upTo(longText),
		on(post, "/s/:space/t/:topic/title", (*Site).retitle, Member, NoScope, SameOrigin, Writes, "topic"),
		on(post, "/s/:space/t/:topic/pin", toggled("pinned", "unpinned", (*forum.Forum).Pin), Member, NoScope, SameOrigin, Writes, "topic"),
		on(post, "/s/:space/t/:topic/close", toggled("closed", "opened", (*forum.Forum).Close), Member, NoScope, SameOrigin, Writes, "topic"),
		on(post, "/s/:space/t/:topic/hide", toggled("hidden", "restored", (*forum.Forum).Hide), Member, NoScope, SameOrigin, Writes, "topic"),
		on(post, "/s/:space/t/:topic/move", (*Site).moveTopic, Member, NoScope, SameOrigin, Writes, "topic"),
		on(get, "/s/:space/t/:topic/p/:post/edit", (*Site).editPost, Member, NoScope, Safe, Pages, "post"),
		on(post, "/s/:space/t/:topic/p/:post/edit", (*Site).savePost, Member, NoScope, SameOrigin, Writes, "post").upTo(longText),
		on(post, "/s/:space/t/:topic/p/:post/remove", toPost("removed", (*forum.Forum).Remove), Member, NoScope, SameOrigin, Writes, "post"),
		on(post, "/s/:space/t/:topic/p/:post/restore", toPost("restored", (*forum.Forum).Restore), Member, NoScope, SameOrigin, Writes, "post"),
		on(post, "/s/:space/t/:topic/p/:post/accept", toPost("accepted", (*forum.Forum).Accept), Member, NoScope, SameOrigin, Writes, "post"),
		on(post, "/s/:space/t/:topic/p/:post/unaccept", toPost("undone", (*forum.Forum).Unaccept), Member, NoScope, SameOrigin, Writes, "post"),
		on(post, "/s/:space/t/:topic/p/:post/react", (*Site).reactPost, Member, NoScope, SameOrigin, Writes, "post"),

		on(get, "/s/:space/chat", (*Site).room, Anyone, NoScope, Safe, Pages, "room"),
		on(post, "/s/:space/chat", (*Site).speak, Member, NoScope, SameOrigin, Writes, "room").upTo(longText),
		on(get, "/s/:space/chat/m/:message", (*Site).editMessage, Member, NoScope, Safe, Pages, "message"),
		on(post, "/s/:space/chat/m/:message", (*Site).saveMessage, Member, NoScope, SameOrigin, Writes, "message").upTo(longText),
		on(post, "/s/:space/chat/m/:message/remove", (*Site).removeMessage, Member, NoScope, SameOrigin, Writes, "message"),
		on(post, "/s/:space/chat/m/:message/react", (*Site).reactMessage, Member, NoScope, SameOrigin, Writes, "message"),

		on(get, "/m/:handle", (*Site).profile, Anyone, NoScope, Safe, Pages, "profile"),
		on(get, "/standing", (*Site).board, Member, NoScope, Safe, Pages, "standing"),
		on(get, "/standing/me", (*Site).ownProfile, Member, NoScope, Safe, Pages, "standing"),
		on(get, "/notifications", (*Site).notifications, Member, NoScope, Safe, Pages, "notifications"),
		on(get, "/notifications/latest", (*Site).latestNotes, Member, NoScope, Safe, Pages, "notifications"),
		on(post, "/notifications/read", (*Site).readNotes, Member, NoScope, SameOrigin, Writes, "notifications"),

		on(get, "/settings", (*Site).settings, Member, NoScope, Safe, Pages, "settings"),
		on(post, "/settings/profile", (*Site).saveProfile, Member, NoScope, SameOrigin, Writes, "settings"),
		on(post, "/settings/picture", (*Site).savePicture, Member, NoScope, SameOrigin, Writes, "settings").upTo(6 << 20),
		on(post, "/settings/picture/remove", (*Site).removePicture, Member, NoScope, SameOrigin, Writes, "settings"),
		on(post, "/settings/theme", (*Site).saveTheme, Member, NoScope, SameOrigin, Writes, "settings"),
		on(post, "/settings/boards", (*Site).saveBoards, Member, NoScope, SameOrigin, Writes, "settings"),

		on(post, "/sign-in/dev", (*Site).signInDev, Anyone, NoScope, SameOrigin, SignIns, "sign-in").onlyDev(),
		on(post, "/sign-out", (*Site).signOut, Anyone, NoScope, SameOrigin, SignIns, "sign-out").evenSuspended(),
	}
}
