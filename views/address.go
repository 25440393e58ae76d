package views

import (
	"net/url"
	"strconv"
	"strings"

	"guildhall/models/id"
	"guildhall/models/space"
)

// The addresses to which pages link and forms post. Handlers take them from here too, so that
// a redirect and a link cannot differ.

// SpaceAddress is the page of a space; what stands below it is under this address.
func SpaceAddress(space string) string { return "/s/" + url.PathEscape(space) }

// RoomAddress is the chat of a space.
func RoomAddress(space string) string { return SpaceAddress(space) + "/chat" }

// SpacesAddress lists all spaces that somebody may see.
const SpacesAddress = "/spaces"

// NewTopicAddress is the form for a topic in a space, or in one to choose when space is empty.
func NewTopicAddress(space string) string {
	if space == "" {
		return "/new"
	}
	return SpaceAddress(space) + "/new"
}

// TopicAddress is the first page of a topic.
func TopicAddress(space string, topic id.ID, slug string) string {
	return topicRoot(space, topic) + "/" + url.PathEscape(slug)
}

// topicRoot is where the forms of a topic post to: below it stands a word and not a slug.
func topicRoot(space string, topic id.ID) string {
	return SpaceAddress(space) + "/t/" + topic.String()
}

// PostAddress is one post of a topic, on the page of the topic that holds it.
func PostAddress(space string, topic id.ID, slug string, number int64) string {
	at := TopicAddress(space, topic, slug)
	if number > 1 {
		at += "?post=" + strconv.FormatInt(number, 10)
	}
	return at + "#p" + strconv.FormatInt(number, 10)
}

// SaidAddress is where a message of a space's room is read among those around it.
func SaidAddress(in string, seq int64, message id.ID) string {
	return SaidAt(space.Space{Slug: in}, 0, seq, message)
}

// ReplyAddress is where a reply in a topic is posted.
func ReplyAddress(space string, topic id.ID) string { return topicRoot(space, topic) + "/reply" }

func postRoot(space string, topic, post id.ID) string {
	return topicRoot(space, topic) + "/p/" + post.String()
}

// MemberAddress is a member's page.
func MemberAddress(handle string) string { return "/m/" + url.PathEscape(handle) }

// PictureAddress is a member's picture, by its hash.
func PictureAddress(hash string) string { return "/pictures/" + url.PathEscape(hash) }

// ScheduledAddress is the list of one's own topics that wait to be published.
const ScheduledAddress = "/scheduled"

// CareAddress is where those who look after a topic's space change it.
func CareAddress(space string, topic id.ID) string { return topicRoot(space, topic) + "/care" }

// SplitAddress is where posts are chosen that leave a topic.
func SplitAddress(space string, topic id.ID) string { return topicRoot(space, topic) + "/split" }

// TopicLogAddress is what was done to a topic.
func TopicLogAddress(space string, topic id.ID) string { return topicRoot(space, topic) + "/log" }

// SpaceLogAddress is what was done to the topics of a space.
func SpaceLogAddress(space string) string { return SpaceAddress(space) + "/log" }

// TextsAddress is where those who keep a space have their replies and templates.
func TextsAddress(space string) string { return SpaceAddress(space) + "/texts" }

// BulkAddress is where many topics of a space are changed at once.
func BulkAddress(space string) string {
	if space == "" {
		return "/bulk"
	}
	return SpaceAddress(space) + "/bulk"
}

// UndoAddress takes a deed of the log back.
func UndoAddress(line id.ID) string { return "/log/" + line.String() + "/undo" }

// The back office.
const (
	manageClub    = "/manage"
	manageSpaces  = "/manage/spaces"
	manageTiers   = "/manage/tiers"
	manageMembers = "/manage/members"
	manageGroups  = "/manage/groups"
	manageTags    = "/manage/tags"
)

// ManageSpaceAddress is where owners change a space.
func ManageSpaceAddress(space string) string { return manageSpaces + "/" + url.PathEscape(space) }

// LocksAddress is where owners say who may enter a space.
func LocksAddress(space string) string { return ManageSpaceAddress(space) + "/locks" }

// ManageTierAddress is where owners change a tier.
func ManageTierAddress(tier id.ID) string { return manageTiers + "/" + tier.String() }

// ManageMemberAddress is where owners grant tiers to a member.
func ManageMemberAddress(handle string) string { return manageMembers + "/" + url.PathEscape(handle) }

// ManageGroupAddress is where owners fill a group.
func ManageGroupAddress(group id.ID) string { return manageGroups + "/" + group.String() }

// with adds one parameter to an address that may have some.
func with(address, key, value string) string {
	if value == "" {
		return address
	}
	if !strings.ContainsAny(address, "?#") {
		return address + "?" + url.QueryEscape(key) + "=" + url.QueryEscape(value)
	}
	u, err := url.Parse(address)
	if err != nil {
		return address // ours are constants and escaped parts: there is none that does not parse
	}
	q := u.Query()
	q.Set(key, value)
	u.RawQuery = q.Encode()
	return u.String()
}
