package views

import (
	"hash/fnv"
	"strconv"

	"guildhall/models/access"
	"guildhall/models/id"
)

// Person is somebody as they are named on a page: with what makes them known here.
type Person struct {
	ID      id.ID
	Handle  string // empty for somebody who has left: their words stay, their name does not
	Name    string
	Picture string      // hash, or none: then initials on two tones
	Rung    access.Rung // their status; Pin 0 shows none
	Tier    access.Tier // Ticket 0 shows none
	Context string      // "answers most evenings", or nothing
}

// Former tells whether the person has left.
func (p Person) Former() bool { return p.Handle == "" }

// Address is the person's page.
func (p Person) Address() string { return MemberAddress(p.Handle) }

// Presence is whether somebody is here.
type Presence string

// Presences, as classes of a crest.
const (
	Unseen Presence = ""
	Here   Presence = "here"
	Away   Presence = "away"
)

const tones = 12

// tone chooses the pair of tones of a shield without a picture, the same one everywhere.
func tone(handle string) string {
	h := fnv.New32a()
	h.Write([]byte(handle))
	return "tone-" + strconv.Itoa(int(h.Sum32()%tones))
}
