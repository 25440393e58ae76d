package handlers

import (
	"context"
	"time"

	"guildhall/handlers/live"
	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/notify"
	"guildhall/models/standing"
	"guildhall/models/stream"
)

// newsWaiting is how many commits may wait to be announced. What does not fit is found by the hub
// through the sequences of rooms.
const newsWaiting = 1024

// announceWithin bounds the drawing of one commit's news.
const announceWithin = 5 * time.Second

// announceAll tells the open pages what was committed, in the order of the commits.
func (s *Site) announceAll() {
	for events := range s.news {
		ctx, stop := context.WithTimeout(context.Background(), announceWithin)
		s.announce(ctx, events)
		stop()
	}
}

// announce is where every event of the club becomes news on the live line.
func (s *Site) announce(ctx context.Context, events []any) {
	changes, told, seen := map[id.ID][]stream.Change{}, map[id.ID][]id.ID{}, map[id.ID]bool{}
	for _, e := range events {
		switch e := e.(type) {
		case stream.Change:
			changes[e.PlaceID] = append(changes[e.PlaceID], e)
		case access.Raised:
			s.recheck(e.Member)
		case member.Ended:
			s.recheck(e.Member)
		case notify.Told:
			told[e.Member] = append(told[e.Member], e.ID)
		case notify.Seen:
			seen[e.Member] = true
		case notify.Blocked:
			s.hub.Stir(int64(e.Member))
		case chat.Read:
			s.hub.TellMemberIn(int64(e.Member), live.Room(e.Room.String()), live.Unread, live.Note{JSON: asJSON(readTo{Seq: e.Seq, Back: e.Back})})
		case chat.ReadThread:
			s.hub.TellMemberIn(int64(e.Member), live.Room(e.Room.String()), live.Unread, live.Note{JSON: asJSON(readTo{Seq: e.Seq, Thread: e.Root.String()})})
		case forum.Read:
			s.hub.TellMemberIn(int64(e.Member), live.Room(e.Topic.String()), live.Unread, live.Note{JSON: asJSON(map[string]any{"upto": e.Number})})
		case standing.Earned:
			s.tellEarned(e)
		case standing.Rose:
			s.tellRose(ctx, e)
		case standing.BadgeWon:
			s.tellBadge(e)
		}
	}
	for place, all := range changes {
		s.tellChanges(ctx, place, all)
	}
	for m, of := range told {
		if !seen[m] {
			s.tellBell(ctx, m, of)
		}
	}
	for m := range seen {
		s.tellBell(ctx, m, nil)
	}
}

// readTo is how far a member has read a room, or a thread of it.
type readTo struct {
	Seq    int64  `json:"seq"`
	Back   bool   `json:"back,omitempty"` // they marked what came after as unread
	Thread string `json:"thread,omitempty"`
}

func (s *Site) recheck(m id.ID) {
	if m == 0 {
		s.hub.RecheckAll()
		return
	}
	s.hub.Recheck(int64(m))
}

func (s *Site) tellChanges(ctx context.Context, place id.ID, all []stream.Change) {
	room := live.Room(place.String())
	if !s.hub.Heard(room) {
		return
	}
	drawn, err := s.drawChanges(ctx, place, all)
	if err != nil {
		s.log.Warn("changes were not drawn", "place", place.String(), "error", err)
		return // the hub asks for them by their sequence
	}
	s.hub.Tell(room, drawn...)
}

// tellBell tells a member's pages how much they have not read. If it rings for new notifications, one
// of them must be theirs to read by now: else the frame alone would tell of what is closed to them.
func (s *Site) tellBell(ctx context.Context, m id.ID, told []id.ID) {
	if !s.hub.Connected(int64(m)) {
		return
	}
	v, err := s.club.Members.Viewer(ctx, m)
	if err != nil {
		return // they left, or the database is away: the next page counts anew
	}
	if rings, err := s.club.Bell.Rings(ctx, v, told); err != nil || !rings && len(told) > 0 {
		return
	}
	unread, err := s.club.Bell.Unread(ctx, v)
	if err != nil {
		return
	}
	s.hub.TellMember(int64(m), live.Notice, live.Note{JSON: asJSON(map[string]any{"unread": unread})})
}

// tellEarned shows a member what they just earned: "+25, answer accepted".
func (s *Site) tellEarned(e standing.Earned) {
	k, _ := standing.FindKind(e.Kind)
	s.hub.TellMember(int64(e.Member), live.Standing, live.Note{JSON: asJSON(map[string]any{
		"points": e.Points, "score": e.Score, "words": k.Aside(),
	})})
}

func (s *Site) tellRose(ctx context.Context, e standing.Rose) {
	if !s.hub.Connected(int64(e.Member)) {
		return
	}
	rungs, err := s.club.Standing.Ladder(ctx)
	if err != nil {
		return
	}
	news := map[string]any{"rung": e.To, "from": e.From, "name": e.Name}
	for _, r := range rungs {
		if r.Position == e.To {
			news["pin"] = r.Pin
		}
	}
	s.hub.TellMember(int64(e.Member), live.Standing, live.Note{JSON: asJSON(news)})
}

func (s *Site) tellBadge(e standing.BadgeWon) {
	s.hub.TellMember(int64(e.Member), live.Badge, live.Note{JSON: asJSON(map[string]any{
		"name": e.Name, "icon": glyph(e.Icon), "words": e.Words,
	})})
}
