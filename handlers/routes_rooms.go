package handlers

import "slices"

// addressesOfRooms are those of the rooms of spaces and of direct ones.
func addressesOfRooms() []Route {
	return slices.Concat([]Route{
		on(get, "/s/:space/chat", (*Site).room, Anyone, NoScope, Safe, Pages, "room"),
		on(post, "/s/:space/chat", (*Site).speak, Member, NoScope, SameOrigin, Writes, "room").upTo(withFiles),
		on(get, "/s/:space/chat/care", (*Site).roomCare, Member, NoScope, Safe, Pages, "care"),
		on(post, "/s/:space/chat/care", (*Site).governRoom, Member, NoScope, SameOrigin, Writes, "care"),
		on(get, "/s/:space/chat/topic", (*Site).askTurn, Member, NoScope, Safe, Pages, "turned"),
		on(post, "/s/:space/chat/topic", (*Site).turn, Member, NoScope, SameOrigin, Writes, "turned"),

		on(get, "/rooms", (*Site).directs, Member, NoScope, Safe, Pages, "rooms"),
		on(post, "/rooms", (*Site).openDirect, Member, NoScope, SameOrigin, Writes, "rooms"),
		on(get, "/rooms/:room", (*Site).room, Member, NoScope, Safe, Pages, "direct-room"),
		on(post, "/rooms/:room", (*Site).speak, Member, NoScope, SameOrigin, Writes, "direct-room").upTo(withFiles),
		on(get, "/rooms/:room/people", (*Site).roomPeople, Member, NoScope, Safe, Pages, "direct-room"),
		on(post, "/rooms/:room/people", (*Site).askIn, Member, NoScope, SameOrigin, Writes, "direct-room"),
		on(post, "/rooms/:room/name", (*Site).nameRoom, Member, NoScope, SameOrigin, Writes, "direct-room"),
		on(post, "/rooms/:room/leave", (*Site).leaveRoom, Member, NoScope, SameOrigin, Writes, "direct-room"),
		on(post, "/m/:handle/message", (*Site).writeTo, Member, NoScope, SameOrigin, Writes, "rooms"),
	}, inRoom("/s/:space/chat", Anyone), inRoom("/rooms/:room", Member))
}

// inRoom are the addresses below a room, the same for that of a space and for a direct one. reads is who may open
// those that only show.
func inRoom(room string, reads Gate) []Route {
	return []Route{
		on(post, room+"/level", (*Site).levelRoom, Member, NoScope, SameOrigin, Writes, "room"),
		on(get, room+"/threads", (*Site).followedThreads, Member, NoScope, Safe, Pages, "thread"),
		on(get, room+"/pins", (*Site).pins, reads, NoScope, Safe, Pages, "pins"),
		on(post, room+"/m/:message/unread", (*Site).unreadMessages, Member, NoScope, SameOrigin, Writes, "room"),
		on(get, room+"/m/:message/thread", (*Site).messageThread, reads, NoScope, Safe, Pages, "thread"),
		on(post, room+"/m/:message/thread", (*Site).speakInThread, Member, NoScope, SameOrigin, Writes, "thread").upTo(withFiles),
		on(post, room+"/m/:message/follow", (*Site).followThread, Member, NoScope, SameOrigin, Writes, "thread"),
		on(get, room+"/m/:message/history", (*Site).messageHistory, reads, NoScope, Safe, Pages, "message-history"),
		on(post, room+"/m/:message/pin", (*Site).pinMessage, Member, NoScope, SameOrigin, Writes, "pins"),
		on(get, room+"/m/:message/forward", (*Site).askForward, Member, NoScope, Safe, Pages, "forward"),
		on(post, room+"/m/:message/forward", (*Site).forward, Member, NoScope, SameOrigin, Writes, "forward"),
		on(post, room+"/draft", (*Site).messageDraft, Member, NoScope, SameOrigin, Drafts, "draft").upTo(longText),
		on(get, room+"/m/:message", (*Site).editMessage, Member, NoScope, Safe, Pages, "message"),
		on(post, room+"/m/:message", (*Site).saveMessage, Member, NoScope, SameOrigin, Writes, "message").upTo(longText),
		on(post, room+"/m/:message/bookmark", (*Site).keepMessage, Member, NoScope, SameOrigin, Writes, "bookmarks"),
		on(post, room+"/m/:message/remove", (*Site).removeMessage, Member, NoScope, SameOrigin, Writes, "message"),
		on(post, room+"/m/:message/preview", (*Site).dropMessageCard, Member, NoScope, SameOrigin, Writes, "message"),
		on(post, room+"/m/:message/react", (*Site).reactMessage, Member, NoScope, SameOrigin, Writes, "message"),
		on(get, room+"/m/:message/report", asksReport((*Site).messageToReport), Member, NoScope, Safe, Pages, "report"),
		on(post, room+"/m/:message/report", reports((*Site).messageToReport), Member, NoScope, SameOrigin, Writes, "report"),
	}
}
