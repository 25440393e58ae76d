package handlers

import (
	"net/http"

	"guildhall/models/files"
	"guildhall/models/forum"
	"guildhall/models/member"
)

const (
	get  = http.MethodGet
	post = http.MethodPost
)

// longText is what a form with a post in it may bring: 32,000 bytes, each of which a form may write
// as three, and room for the rest.
const longText = 128 << 10

// withFiles is what a form with a text may bring beside it: as many bytes as the largest file has,
// which is then one, and what a form needs around it.
const withFiles = files.MaxUpload + longText + 64<<10

// table is every address of the club, one to a line: who may knock, what a token needs, how a
// forged request is told from one of ours, which limit it draws on, what shows there.
func table() []Route {
	return append([]Route{
		on(get, "/healthz", (*Site).healthz, Anyone, NoScope, Safe, Assets, "health"),
		on(get, "/readyz", (*Site).readyz, Anyone, NoScope, Safe, Assets, "health"),
		on(get, "/static/*", (*Site).static, Anyone, NoScope, Safe, Assets, "static"), // the club's hue is one of its sheets
		on(get, "/pictures/:hash", (*Site).picture, Anyone, NoScope, Safe, Assets, "picture"),

		on(get, "/live", (*Site).socket, Anyone, NoScope, Socket, Sockets, "live"),

		on(get, "/", (*Site).home, Anyone, NoScope, Safe, Pages, "home"),
		on(post, "/caught-up", (*Site).caughtUp, Member, NoScope, SameOrigin, Writes, "home"),
		on(get, "/new", (*Site).chooseSpace, Member, NoScope, Safe, Pages, "new-topic"),
		on(post, "/preview", (*Site).previewed, Member, NoScope, SameOrigin, Writes, "preview").upTo(longText),

		on(post, "/files", (*Site).bring, Member, NoScope, SameOrigin, Writes, "file").upTo(withFiles),
		on(get, "/files/:file", (*Site).file, Anyone, NoScope, Safe, Uploads, "file"),
		on(get, "/files/:file/small", (*Site).smallFile, Anyone, NoScope, Safe, Uploads, "file"),

		on(get, "/s/:space", (*Site).space, Anyone, NoScope, Safe, Pages, "space"),
		on(get, "/s/:space/new", (*Site).newTopic, Member, NoScope, Safe, Pages, "new-topic"),
		on(post, "/s/:space/new", (*Site).startTopic, Member, NoScope, SameOrigin, Writes, "topic").upTo(withFiles),
		on(get, "/s/:space/t/:topic", (*Site).topic, Anyone, NoScope, Safe, Pages, "topic"),
		on(get, "/s/:space/t/:topic/:slug", (*Site).topic, Anyone, NoScope, Safe, Pages, "topic"),
		on(post, "/s/:space/t/:topic/reply", (*Site).reply, Member, NoScope, SameOrigin, Writes, "topic").upTo(withFiles),
		on(get, "/s/:space/complete", (*Site).complete, Member, NoScope, Safe, Searches, "complete").anyQuery(),
		on(get, "/s/:space/similar", (*Site).similar, Member, NoScope, Safe, Searches, "complete").anyQuery(),
		on(post, "/s/:space/draft", (*Site).topicDraft, Member, NoScope, SameOrigin, Drafts, "draft").upTo(longText),
		on(post, "/s/:space/t/:topic/draft", (*Site).replyDraft, Member, NoScope, SameOrigin, Drafts, "draft").upTo(longText),
		on(post, "/s/:space/t/:topic/p/:post/draft", (*Site).editDraft, Member, NoScope, SameOrigin, Drafts, "draft").upTo(longText),
		on(post, "/s/:space/chat/draft", (*Site).messageDraft, Member, NoScope, SameOrigin, Drafts, "draft").upTo(longText),
		on(get, "/s/:space/t/:topic/p/:post/history", (*Site).history, Anyone, NoScope, Safe, Pages, "history"),
		on(post, "/s/:space/t/:topic/p/:post/history", (*Site).hideVersion, Member, NoScope, SameOrigin, Writes, "history"),
		on(post, "/s/:space/t/:topic/title", (*Site).retitle, Member, NoScope, SameOrigin, Writes, "topic"),
		on(post, "/s/:space/t/:topic/pin", toggled("pinned", "unpinned", (*forum.Forum).Pin), Member, NoScope, SameOrigin, Writes, "topic"),
		on(post, "/s/:space/t/:topic/close", toggled("closed", "opened", (*forum.Forum).Close), Member, NoScope, SameOrigin, Writes, "topic"),
		on(post, "/s/:space/t/:topic/hide", toggled("hidden", "restored", (*forum.Forum).Hide), Member, NoScope, SameOrigin, Writes, "topic"),
		on(post, "/s/:space/t/:topic/move", (*Site).moveTopic, Member, NoScope, SameOrigin, Writes, "topic"),
		on(get, "/s/:space/t/:topic/p/:post/edit", (*Site).editPost, Member, NoScope, Safe, Pages, "post"),
		on(post, "/s/:space/t/:topic/p/:post/edit", (*Site).savePost, Member, NoScope, SameOrigin, Writes, "post").upTo(withFiles),
		on(post, "/s/:space/t/:topic/p/:post/remove", toPost("removed", (*forum.Forum).Remove), Member, NoScope, SameOrigin, Writes, "post"),
		on(post, "/s/:space/t/:topic/p/:post/restore", toPost("restored", (*forum.Forum).Restore), Member, NoScope, SameOrigin, Writes, "post"),
		on(post, "/s/:space/t/:topic/p/:post/accept", toPost("accepted", (*forum.Forum).Accept), Member, NoScope, SameOrigin, Writes, "post"),
		on(post, "/s/:space/t/:topic/p/:post/unaccept", toPost("undone", (*forum.Forum).Unaccept), Member, NoScope, SameOrigin, Writes, "post"),
		on(post, "/s/:space/t/:topic/p/:post/preview", (*Site).dropPostCard, Member, NoScope, SameOrigin, Writes, "post"),
		on(post, "/s/:space/t/:topic/p/:post/react", (*Site).reactPost, Member, NoScope, SameOrigin, Writes, "post"),
		on(get, "/s/:space/t/:topic/p/:post/report", asksReport((*Site).postToReport), Member, NoScope, Safe, Pages, "report"),
		on(post, "/s/:space/t/:topic/p/:post/report", reports((*Site).postToReport), Member, NoScope, SameOrigin, Writes, "report"),

		on(get, "/s/:space/chat", (*Site).room, Anyone, NoScope, Safe, Pages, "room"),
		on(post, "/s/:space/chat", (*Site).speak, Member, NoScope, SameOrigin, Writes, "room").upTo(withFiles),
		on(get, "/s/:space/chat/m/:message", (*Site).editMessage, Member, NoScope, Safe, Pages, "message"),
		on(post, "/s/:space/chat/m/:message", (*Site).saveMessage, Member, NoScope, SameOrigin, Writes, "message").upTo(longText),
		on(post, "/s/:space/chat/m/:message/remove", (*Site).removeMessage, Member, NoScope, SameOrigin, Writes, "message"),
		on(post, "/s/:space/chat/m/:message/preview", (*Site).dropMessageCard, Member, NoScope, SameOrigin, Writes, "message"),
		on(post, "/s/:space/chat/m/:message/react", (*Site).reactMessage, Member, NoScope, SameOrigin, Writes, "message"),
		on(get, "/s/:space/chat/m/:message/report", asksReport((*Site).messageToReport), Member, NoScope, Safe, Pages, "report"),
		on(post, "/s/:space/chat/m/:message/report", reports((*Site).messageToReport), Member, NoScope, SameOrigin, Writes, "report"),

		on(get, "/m/:handle", (*Site).profile, Anyone, NoScope, Safe, Pages, "profile"),
		on(get, "/m/:handle/report", asksReport((*Site).memberToReport), Member, NoScope, Safe, Pages, "report"),
		on(post, "/m/:handle/report", reports((*Site).memberToReport), Member, NoScope, SameOrigin, Writes, "report"),
		on(post, "/m/:handle/block", (*Site).block, Member, NoScope, SameOrigin, Writes, "blocked"),
		on(post, "/m/:handle/unblock", (*Site).unblock, Member, NoScope, SameOrigin, Writes, "blocked"),
		on(get, "/standing", (*Site).board, Member, NoScope, Safe, Pages, "standing"),
		on(get, "/standing/me", (*Site).ownProfile, Member, NoScope, Safe, Pages, "standing"),
		on(get, "/drafts", (*Site).drafts, Member, NoScope, Safe, Pages, "drafts"),
		on(post, "/drafts/:draft/discard", (*Site).discardDraft, Member, NoScope, SameOrigin, Writes, "drafts"),
		on(post, "/drafts/:draft/restore", (*Site).restoreDraft, Member, NoScope, SameOrigin, Writes, "drafts"),
		on(post, "/drafts/:draft/settle", (*Site).settleDraft, Member, NoScope, SameOrigin, Writes, "drafts"),
		on(get, "/notifications", (*Site).notifications, Member, NoScope, Safe, Pages, "notifications"),
		on(get, "/notifications/latest", (*Site).latestNotes, Member, NoScope, Safe, Pages, "notifications"),
		on(post, "/notifications/read", (*Site).readNotes, Member, NoScope, SameOrigin, Writes, "notifications"),

		on(get, "/search", (*Site).search, Anyone, NoScope, Safe, Pages, "search").anyQuery(),
		on(get, "/search/suggest", (*Site).suggest, Anyone, NoScope, Safe, Searches, "suggest").anyQuery(),
		on(post, "/search/forget", (*Site).forgetSearches, Member, NoScope, SameOrigin, Writes, "search"),
		on(post, "/search/:asked/forget", (*Site).forgetSearch, Member, NoScope, SameOrigin, Writes, "search"),

		on(get, "/settings", (*Site).settings, Member, NoScope, Safe, Pages, "settings"),
		on(post, "/settings/profile", (*Site).saveProfile, Member, NoScope, SameOrigin, Writes, "settings"),
		on(post, "/settings/picture", (*Site).savePicture, Member, NoScope, SameOrigin, Writes, "settings").upTo(6 << 20),
		on(post, "/settings/picture/remove", (*Site).removePicture, Member, NoScope, SameOrigin, Writes, "settings"),
		on(post, "/settings/theme", (*Site).saveTheme, Member, NoScope, SameOrigin, Writes, "settings"),
		on(post, "/settings/boards", (*Site).saveBoards, Member, NoScope, SameOrigin, Writes, "settings"),
		on(get, "/settings/blocked", (*Site).blocked, Member, NoScope, Safe, Pages, "blocked"),
		on(get, "/settings/invitations", (*Site).invitations, Member, NoScope, Safe, Pages, "invitations"),
		on(post, "/settings/invitations", (*Site).invite, Member, NoScope, SameOrigin, Writes, "invitations"),
		on(post, "/settings/invitations/:invitation/withdraw", (*Site).withdrawInvitation, Member, NoScope, SameOrigin, Writes, "invitations"),
		on(get, "/join/:code", (*Site).joinBy, Anyone, NoScope, Safe, SignIns, "join"),
		on(post, "/join/:code", (*Site).acceptInvitation, Anyone, NoScope, SameOrigin, SignIns, "join"),

		on(get, "/settings/sessions", (*Site).sessions, Member, NoScope, Safe, Pages, "settings"),
		on(post, "/settings/sessions/others", (*Site).endOthers, Member, NoScope, SameOrigin, Writes, "settings"),
		on(post, "/settings/sessions/:session/end", (*Site).endOther, Member, NoScope, SameOrigin, Writes, "settings"),
		on(get, "/settings/tokens", (*Site).tokens, Member, NoScope, Safe, Pages, "settings"),
		on(post, "/settings/tokens", (*Site).makeToken, Member, NoScope, SameOrigin, Writes, "settings"),
		on(post, "/settings/tokens/:issued/revoke", (*Site).revokeToken, Member, NoScope, SameOrigin, Writes, "settings"),
		on(get, "/settings/ways", (*Site).waysIn, Member, NoScope, Safe, Pages, "settings"),
		on(post, "/settings/identities/:provider", (*Site).addProvider, Member, NoScope, SameOrigin, SignIns, "settings"),
		on(post, "/settings/identities/:way/remove", removed((*member.Members).RemoveIdentity), Member, NoScope, SameOrigin, Writes, "settings"),
		on(post, "/settings/addresses", (*Site).addAddress, Member, NoScope, SameOrigin, Mails, "settings"),
		on(post, "/settings/addresses/:way/remove", removed((*member.Members).RemoveAddress), Member, NoScope, SameOrigin, Writes, "settings"),
		on(post, "/settings/passkeys/begin", (*Site).beginAdding, Member, NoScope, SameOrigin, SignIns, "settings"),
		on(post, "/settings/passkeys/finish", (*Site).endAdding, Member, NoScope, SameOrigin, SignIns, "settings"),
		on(post, "/settings/passkeys/:way/rename", (*Site).renamePasskey, Member, NoScope, SameOrigin, Writes, "settings"),
		on(post, "/settings/passkeys/:way/remove", removed((*member.Members).RemovePasskey), Member, NoScope, SameOrigin, Writes, "settings"),

		on(get, "/sign-in", (*Site).signIn, Anyone, NoScope, Safe, Pages, "sign-in"),
		on(post, "/auth/:provider", (*Site).depart, Anyone, NoScope, SameOrigin, SignIns, "sign-in"),
		on(get, "/auth/:provider/callback", (*Site).comeBack, Anyone, NoScope, Safe, SignIns, "sign-in"),
		on(post, "/auth/:provider/callback", (*Site).comeBackPosted, Anyone, NoScope, ProviderPost, SignIns, "sign-in"),
		on(post, "/sign-in/link", (*Site).sendLink, Anyone, NoScope, SameOrigin, Mails, "sign-in"),
		on(get, "/sign-in/sent", (*Site).linkSent, Anyone, NoScope, Safe, Pages, "sign-in"),
		on(get, "/sign-in/link/:token", (*Site).link, Anyone, NoScope, Safe, SignIns, "sign-in"),
		on(post, "/sign-in/link/:token", (*Site).openLink, Anyone, NoScope, SameOrigin, SignIns, "sign-in"),
		on(post, "/sign-in/passkey/begin", (*Site).beginPasskey, Anyone, NoScope, SameOrigin, SignIns, "sign-in"),
		on(post, "/sign-in/passkey/finish", (*Site).endPasskey, Anyone, NoScope, SameOrigin, SignIns, "sign-in"),
		on(get, "/sign-in/again", (*Site).again, Member, NoScope, Safe, Pages, "sign-in"),
		on(post, "/sign-in/again/begin", (*Site).beginAgain, Member, NoScope, SameOrigin, SignIns, "sign-in"),
		on(post, "/sign-in/again/finish", (*Site).endAgain, Member, NoScope, SameOrigin, SignIns, "sign-in"),
		on(get, "/welcome", (*Site).welcome, Anyone, NoScope, Safe, Pages, "welcome"),
		on(post, "/welcome", (*Site).comeIn, Anyone, NoScope, SameOrigin, SignIns, "welcome").upTo(6 << 20),
		on(post, "/welcome/prove", (*Site).prove, Anyone, NoScope, SameOrigin, Mails, "welcome"),
		on(post, "/welcome/rejoin", (*Site).rejoin, Anyone, NoScope, SameOrigin, SignIns, "welcome"),

		on(get, "/membership", (*Site).membership, Anyone, NoScope, Safe, Pages, "membership"),

		on(get, "/pages/:name", (*Site).readPage, Anyone, NoScope, Safe, Pages, "page"),
		on(get, "/keys", (*Site).keysPage, Anyone, NoScope, Safe, Pages, "keys"),
		on(get, "/rules/agree", (*Site).askRules, Member, NoScope, Safe, Pages, "rules"),
		on(post, "/rules/agree", (*Site).agree, Member, NoScope, SameOrigin, Writes, "rules"),
		on(post, "/banners/:banner/dismiss", (*Site).dismiss, Anyone, NoScope, SameOrigin, Writes, "banner"),
		on(get, "/settings/rules", (*Site).ownAgreements, Member, NoScope, Safe, Pages, "settings"),
		on(get, "/settings/keys", (*Site).keysSettings, Member, NoScope, Safe, Pages, "settings"),
		on(post, "/settings/keys", (*Site).saveKeys, Member, NoScope, SameOrigin, Writes, "settings"),

		on(get, "/setup/:code", (*Site).setUp, Anyone, NoScope, Safe, SignIns, "set-up"),
		on(post, "/setup/:code", (*Site).useLink, Anyone, NoScope, SameOrigin, SignIns, "set-up"),

		on(get, "/review", (*Site).review, Keeper, NoScope, Safe, Pages, "review"),
		on(post, "/review/:flag", (*Site).decide, Keeper, NoScope, SameOrigin, Writes, "review"),

		// A form that changes keys or rights asks for a passkey before it is shown, so that nothing
		// typed into it is lost to the question.
		on(get, "/manage", (*Site).manageClub, Owner, NoScope, Safe, Pages, "manage"),
		on(post, "/manage", (*Site).changeClub, Owner, NoScope, SameOrigin, Writes, "manage").upTo(longText),
		on(get, "/manage/pages", (*Site).managePages, Owner, NoScope, Safe, Pages, "manage-pages"),
		on(get, "/manage/pages/new", (*Site).newPage, Owner, NoScope, Safe, Pages, "manage-pages"),
		on(post, "/manage/pages", (*Site).savePage, Owner, NoScope, SameOrigin, Writes, "manage-pages").upTo(longText),
		on(get, "/manage/pages/:page", (*Site).managePage, Owner, NoScope, Safe, Pages, "manage-pages"),
		on(post, "/manage/pages/:page", (*Site).savePage, Owner, NoScope, SameOrigin, Writes, "manage-pages").upTo(longText),
		on(post, "/manage/pages/:page/move", (*Site).movePage, Owner, NoScope, SameOrigin, Writes, "manage-pages"),
		on(post, "/manage/pages/:page/remove", (*Site).removePage, Owner, NoScope, SameOrigin, Writes, "manage-pages"),
		on(get, "/manage/pages/:page/v/:version", (*Site).manageVersion, Owner, NoScope, Safe, Pages, "manage-pages"),
		on(post, "/manage/pages/:page/v/:version/restore", (*Site).restorePage, Owner, NoScope, SameOrigin, Writes, "manage-pages"),
		on(get, "/manage/agreements", (*Site).agreements, Owner, NoScope, Safe, Pages, "manage-pages"),
		on(get, "/manage/banners", (*Site).manageBanners, Owner, NoScope, Safe, Pages, "manage-banners"),
		on(get, "/manage/banners/new", (*Site).newBanner, Owner, NoScope, Safe, Pages, "manage-banners"),
		on(post, "/manage/banners", (*Site).saveBanner, Owner, NoScope, SameOrigin, Writes, "manage-banners"),
		on(get, "/manage/banners/:banner", (*Site).manageBanner, Owner, NoScope, Safe, Pages, "manage-banners"),
		on(post, "/manage/banners/:banner", (*Site).saveBanner, Owner, NoScope, SameOrigin, Writes, "manage-banners"),
		on(post, "/manage/banners/:banner/end", (*Site).endBanner, Owner, NoScope, SameOrigin, Writes, "manage-banners"),
		on(get, "/manage/previews", (*Site).managePreviews, Owner, NoScope, Safe, Pages, "manage"),
		on(post, "/manage/previews", (*Site).changePreviews, Owner, NoScope, SameOrigin, Writes, "manage"),
		on(get, "/manage/tiers", (*Site).manageTiers, Owner, NoScope, Safe, Pages, "manage-tiers"),
		on(get, "/manage/tiers/new", (*Site).newTier, Fresh, NoScope, Safe, Pages, "manage-tiers"),
		on(post, "/manage/tiers", (*Site).saveTier, Fresh, NoScope, SameOrigin, Writes, "manage-tiers"),
		on(get, "/manage/tiers/:tier", (*Site).manageTier, Fresh, NoScope, Safe, Pages, "manage-tiers"),
		on(post, "/manage/tiers/:tier", (*Site).saveTier, Fresh, NoScope, SameOrigin, Writes, "manage-tiers"),
		on(post, "/manage/tiers/:tier/move", (*Site).moveTier, Fresh, NoScope, SameOrigin, Writes, "manage-tiers"),
		on(get, "/manage/members", (*Site).manageMembers, Owner, NoScope, Safe, Pages, "manage-members"),
		on(get, "/manage/members/:handle", (*Site).manageMember, Fresh, NoScope, Safe, Pages, "manage-members"),
		on(post, "/manage/members/:handle/grants", (*Site).give, Fresh, NoScope, SameOrigin, Writes, "manage-members"),
		on(post, "/manage/members/:handle/groups", (*Site).joinGroup, Fresh, NoScope, SameOrigin, Writes, "manage-members"),
		on(post, "/manage/members/:handle/warn", (*Site).warn, Fresh, NoScope, SameOrigin, Writes, "manage-members"),
		on(post, "/manage/members/:handle/suspend", (*Site).suspend, Fresh, NoScope, SameOrigin, Writes, "manage-members"),
		on(post, "/manage/members/:handle/lift", (*Site).lift, Fresh, NoScope, SameOrigin, Writes, "manage-members"),
		on(get, "/manage/members/:handle/remove", (*Site).askRemoval, Fresh, NoScope, Safe, Pages, "manage-members"),
		on(post, "/manage/members/:handle/remove", (*Site).removeMember, Fresh, NoScope, SameOrigin, Writes, "manage-members"),
		on(post, "/manage/grants/:grant/withdraw", (*Site).withdraw, Fresh, NoScope, SameOrigin, Writes, "manage-members"),
		on(get, "/manage/groups", (*Site).manageGroups, Owner, NoScope, Safe, Pages, "manage-groups"),
		on(post, "/manage/groups", (*Site).addGroup, Fresh, NoScope, SameOrigin, Writes, "manage-groups"),
		on(get, "/manage/groups/:group", (*Site).manageGroup, Owner, NoScope, Safe, Pages, "manage-groups"),
		on(post, "/manage/groups/:group", (*Site).changeGroup, Fresh, NoScope, SameOrigin, Writes, "manage-groups"),
		on(post, "/manage/groups/:group/join", (*Site).joinByHandle, Fresh, NoScope, SameOrigin, Writes, "manage-groups"),
		on(post, "/manage/groups/:group/leave", (*Site).leaveGroup, Fresh, NoScope, SameOrigin, Writes, "manage-groups"),
		on(get, "/manage/spaces", (*Site).manageSpaces, Owner, NoScope, Safe, Pages, "manage-spaces"),
		on(get, "/manage/spaces/new", (*Site).newSpace, Owner, NoScope, Safe, Pages, "manage-spaces"),
		on(post, "/manage/spaces", (*Site).addSpace, Owner, NoScope, SameOrigin, Writes, "manage-spaces"),
		on(get, "/manage/spaces/:space", (*Site).manageSpace, Owner, NoScope, Safe, Pages, "manage-spaces"),
		on(post, "/manage/spaces/:space", (*Site).changeSpace, Owner, NoScope, SameOrigin, Writes, "manage-spaces"),
		on(post, "/manage/spaces/:space/move", (*Site).moveSpace, Owner, NoScope, SameOrigin, Writes, "manage-spaces"),
		on(post, "/manage/spaces/:space/seat", (*Site).giveSeat, Fresh, NoScope, SameOrigin, Writes, "manage-spaces"),
		on(post, "/manage/spaces/:space/unseat", (*Site).takeSeat, Fresh, NoScope, SameOrigin, Writes, "manage-spaces"),
		on(get, "/manage/spaces/:space/locks", (*Site).manageLocks, Fresh, NoScope, Safe, Pages, "manage-locks"),
		on(post, "/manage/spaces/:space/locks", (*Site).setLocks, Fresh, NoScope, SameOrigin, Writes, "manage-locks"),
		on(post, "/manage/spaces/:space/door", (*Site).setDoor, Fresh, NoScope, SameOrigin, Writes, "manage-locks"),
		on(post, "/manage/sections", (*Site).addSection, Owner, NoScope, SameOrigin, Writes, "manage-spaces"),
		on(post, "/manage/sections/:section", (*Site).renameSection, Owner, NoScope, SameOrigin, Writes, "manage-spaces"),
		on(post, "/manage/sections/:section/move", (*Site).moveSection, Owner, NoScope, SameOrigin, Writes, "manage-spaces"),

		on(post, "/sign-in/dev", (*Site).signInDev, Anyone, NoScope, SameOrigin, SignIns, "sign-in").onlyDev(),
		on(post, "/sign-out", (*Site).signOut, Anyone, NoScope, SameOrigin, SignIns, "sign-out").evenSuspended(),

		on(get, "/api/openapi.json", (*Site).openapi, Anyone, NoScope, Safe, Assets, "api"),
	}, operations()...)
}
