package views

import (
	"guildhall/models/chat"
	"guildhall/models/id"
	"guildhall/models/space"
)

// RoomAt is the address of a room: of the chat of its space, or of one without.
func RoomAt(in space.Space, room id.ID) string {
	if in.Slug == "" {
		return DirectAddress(room)
	}
	return RoomAddress(in.Slug)
}

// AwayFrom is where one goes from a room without reading it: to its space, or to the list of direct rooms.
func AwayFrom(in space.Space) string {
	if in.Slug == "" {
		return RoomsAddress
	}
	return SpaceAddress(in.Slug)
}

// SaidAt is where a message is read among those around it: what stands in a thread leads there.
func SaidAt(in space.Space, room id.ID, _ int64, message id.ID) string {
	return with(RoomAt(in, room), "at", message.String()) + "#" + chat.Message{ID: message}.DOMID()
}

// ThreadAt is where what was answered to a message is read.
func ThreadAt(in space.Space, room, root id.ID) string {
	return RoomAt(in, room) + "/m/" + root.String() + "/thread"
}
