package handlers

import (
	"context"

	"guildhall/handlers/live"
	"guildhall/handlers/live/relay"
	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/notify"
	"guildhall/models/standing"
	"guildhall/models/stream"
)

// hint is what other instances are told of an event that announce makes news of here.
func hint(event any) (relay.Hint, bool) {
	switch e := event.(type) {
	case stream.Change:
		return relay.Hint{Kind: relay.Changed, Room: roomOf(e.PlaceID), Seq: e.Seq}, true
	case access.Raised:
		return relay.Hint{Kind: relay.Rights, Member: int64(e.Member)}, true
	case member.Ended:
		return relay.Hint{Kind: relay.Rights, Member: int64(e.Member)}, true
	case notify.Told:
		return relay.Hint{Kind: relay.Told, Member: int64(e.Member), ID: int64(e.ID)}, true
	case notify.Seen:
		return relay.Hint{Kind: relay.Seen, Member: int64(e.Member)}, true
	case notify.Blocked:
		return relay.Hint{Kind: relay.Blocked, Member: int64(e.Member)}, true
	case chat.Read:
		return relay.Hint{Kind: relay.RoomRead, Member: int64(e.Member), Room: roomOf(e.Room), Seq: e.Seq, Back: e.Back}, true
	case chat.ReadThread:
		return relay.Hint{Kind: relay.RoomRead, Member: int64(e.Member), Room: roomOf(e.Room), Seq: e.Seq, ID: int64(e.Root)}, true
	case forum.Read:
		return relay.Hint{Kind: relay.TopicRead, Member: int64(e.Member), Room: roomOf(e.Topic), Seq: e.Number}, true
	case standing.Earned:
		return relay.Hint{Kind: relay.Earned, Member: int64(e.Member), Act: e.Kind, Points: e.Points, Score: e.Score}, true
	case standing.Rose:
		return relay.Hint{Kind: relay.Rose, Member: int64(e.Member), Was: int64(e.From), Seq: int64(e.To)}, true
	case standing.BadgeWon:
		return relay.Hint{Kind: relay.Badge, Member: int64(e.Member), ID: int64(e.Badge)}, true
	}
	return relay.Hint{}, false
}

func roomOf(place id.ID) live.Room { return live.Room(place.String()) }

// pass tells the other instances what was committed here.
func (s *Site) pass(events []any) {
	for _, e := range events {
		if h, ok := hint(e); ok {
			s.relay.Say(h)
		}
	}
}

// hear takes in what another instance did. What only stirs the hub is done at once, in which the hub reads
// for itself what is true; what has to be looked up first is handed on.
func (s *Site) hear(hints []relay.Hint) {
	for _, h := range hints {
		switch h.Kind {
		case relay.Changed:
			s.hub.Hint(h.Room, h.Seq)
		case relay.Rights:
			s.recheck(id.ID(h.Member))
		case relay.Blocked:
			s.hub.Stir(h.Member)
		case relay.RoomRead, relay.TopicRead, relay.Earned:
			s.learn(context.Background(), h) // asks nothing
		case relay.Typing:
			if s.hub.Heard(h.Room) {
				s.later(h)
			}
		default:
			if s.hub.Connected(h.Member) {
				s.later(h)
			}
		}
	}
}

func (s *Site) later(h relay.Hint) {
	select {
	case s.hearsay <- h:
	default: // the page that is drawn next has it
	}
}

// learnAll works off what has to be looked up.
func (s *Site) learnAll() {
	for h := range s.hearsay {
		ctx, stop := context.WithTimeout(context.Background(), announceWithin)
		s.learn(ctx, h)
		stop()
	}
}

// learn makes news for the pages here of what another instance did: the very event, as far as ids and
// numbers go, with its words from the database.
func (s *Site) learn(ctx context.Context, h relay.Hint) {
	who, what := id.ID(h.Member), id.ID(h.ID)
	switch h.Kind {
	case relay.RoomRead:
		room := parseID(string(h.Room))
		if what != 0 {
			s.announce(ctx, []any{chat.ReadThread{Member: who, Room: room, Root: what, Seq: h.Seq}})
			return
		}
		s.announce(ctx, []any{chat.Read{Member: who, Room: room, Seq: h.Seq, Back: h.Back}})
	case relay.TopicRead:
		s.announce(ctx, []any{forum.Read{Member: who, Topic: parseID(string(h.Room)), Number: h.Seq}})
	case relay.Earned:
		if _, ok := standing.FindKind(h.Act); ok {
			s.announce(ctx, []any{standing.Earned{Member: who, Kind: h.Act, Points: h.Points, Score: h.Score}})
		}
	case relay.Told:
		s.announce(ctx, []any{notify.Told{Member: who, ID: what}})
	case relay.Seen:
		s.announce(ctx, []any{notify.Seen{Member: who}})
	case relay.Rose:
		s.learnRose(ctx, h)
	case relay.Badge:
		s.learnBadge(ctx, h)
	case relay.Typing:
		s.learnTyping(ctx, h)
	}
}

func (s *Site) learnRose(ctx context.Context, h relay.Hint) {
	rungs, err := s.club.Standing.Ladder(ctx)
	if err != nil {
		return
	}
	for _, r := range rungs {
		if int64(r.Position) == h.Seq {
			s.announce(ctx, []any{standing.Rose{Member: id.ID(h.Member), From: int(h.Was), To: r.Position, Name: r.Name}})
		}
	}
}

func (s *Site) learnBadge(ctx context.Context, h relay.Hint) {
	badges, err := s.club.Standing.Badges(ctx)
	if err != nil {
		return
	}
	for _, b := range badges {
		if int64(b.ID) == h.ID {
			s.announce(ctx, []any{standing.BadgeWon{Member: id.ID(h.Member), Badge: b.ID, Name: b.Name, Icon: b.Icon, Words: b.Words}})
		}
	}
}

// learnTyping asks here too whether the member may write in that room, and is shown to write.
func (s *Site) learnTyping(ctx context.Context, h relay.Hint) {
	v, err := s.club.Members.Viewer(ctx, id.ID(h.Member))
	if err != nil {
		return
	}
	people, err := s.club.Members.Named(ctx, []id.ID{v.ID})
	if err != nil {
		return
	}
	who := people[v.ID]
	n, err := line{s}.writes(ctx, sitter{viewer: v, name: who.Name, handle: who.Handle}, h.Room)
	if err == nil {
		s.hub.Typed(h.Room, h.Member, n)
	}
}
