package views

import (
	"time"

	"guildhall/models/chat"
	"guildhall/models/diff"
	"guildhall/models/id"
)

// repliedTo is a message with a thread.
func repliedTo() chat.Message {
	m := said(84, "kofi", 8*time.Minute, "<p>I got away with one extra minute per decade past the date.</p>")
	m.Plain, m.Replies, m.RepliedAt, m.Repliers = "I got away with one extra minute per decade past the date.", 6, ref(before(time.Minute)), "4 5"
	m.PinnedAt, m.PinnedBy, m.TopicID, m.EditedAt = ref(before(time.Minute)), ref(people["priya"].ID), ref(id.ID(1002)), ref(before(2*time.Minute))
	return m
}

func threadPage() RoomPage {
	p, root := roomPage(), repliedTo()
	p.Root, p.Follows, p.Before = &root, true, 0
	p.Messages = []chat.Message{said(86, "wren", 5*time.Minute, "<p>Per decade?</p>"), said(87, "kofi", 4*time.Minute, "<p>Per decade.</p>")}
	for i := range p.Messages {
		p.Messages[i].RootID = &root.ID
	}
	return p
}

func threadsPage() ThreadsPage {
	return ThreadsPage{Space: lounge, Room: roomPage().Room, People: byID(), All: []chat.Followed{{Message: repliedTo(), Late: 3}}}
}

func messageHistoryPage() MessageHistoryPage {
	return MessageHistoryPage{
		Said:     Said{Message: repliedTo(), In: lounge, Author: people["kofi"]},
		Versions: []chat.Version{{Number: 1, Source: "One extra minute.", At: before(8 * time.Minute)}, {Number: 2, Source: "One extra minute per decade.", At: before(2 * time.Minute)}},
		Changes:  [][]diff.Part{{{Text: "One extra minute."}}, diff.Words("One extra minute.", "One extra minute per decade.")},
	}
}

func pinsPage() PinsPage {
	return PinsPage{Space: lounge, Room: roomPage().Room, Pins: true, By: byID(), All: []Said{{Message: repliedTo(), In: lounge, Author: people["kofi"]}}}
}

func forwardPage() ForwardPage {
	return ForwardPage{Said: Said{Message: repliedTo(), In: lounge, Author: people["kofi"]}, Rooms: []Option{{"r1", "Questions"}, {"r2", "Darkroom"}}, Key: "k", Faults: Faults{"": "Some who read that room cannot read this one, so it is not forwarded there."}}
}

func turnPage() TurnPage {
	p := roomPage()
	return TurnPage{RoomPage: p, Key: "k", Title: "Portra past its date", Chosen: map[id.ID]bool{p.Messages[3].ID: true}}
}
