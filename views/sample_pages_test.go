package views

import (
	"time"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/space"
	"guildhall/models/standing"
)

func byID() map[id.ID]Person {
	of := map[id.ID]Person{}
	for _, p := range people {
		of[p.ID] = p
	}
	return of
}

func ref[T any](v T) *T { return &v }

func all(handles ...string) []Person {
	list := make([]Person, len(handles))
	for i, h := range handles {
		list[i] = people[h]
	}
	return list
}

var (
	questions = space.Space{ID: 20, Slug: "questions", Name: "Questions", Icon: "i-question", Kind: space.Questions, SectionID: 10,
		About: "Ask anything about film, paper or chemistry. Nine in ten get an answer within a day."}
	lounge      = space.Space{ID: 21, Slug: "the-lounge", Name: "The lounge", Icon: "i-chat", Kind: space.Talk, Chat: true, About: "Say hello, then stay a while"}
	masterclass = space.Space{ID: 22, Slug: "print-masterclass", Name: "Print masterclass", Icon: "i-book", Kind: space.Talk, DoorTitles: true, DoorCounts: true,
		Teaser: "Hana Sato and guests take one negative from contact sheet to exhibition print, a chapter a month."}
)

type topicSample struct {
	title, by, last string
	replies, fresh  int64
	ago             time.Duration
	pinned, solved  bool
	closed          bool
	lately          []string
}

func row(n id.ID, s topicSample) Row {
	t := forum.Topic{ID: n, SpaceID: 20, Title: s.title, Slug: "thin-negatives", AuthorID: people[s.by].ID, Posts: s.replies + 1, LastNumber: s.replies + 1, CreatedAt: before(s.ago + aDay), ActiveAt: before(s.ago)}
	if s.pinned {
		t.PinnedAt = ref(before(aDay))
	}
	if s.solved {
		t.AnswerID = ref(id.ID(99))
	}
	if s.closed {
		t.ClosedAt = ref(before(aDay))
	}
	var solver Person
	if s.solved {
		solver = people[s.lately[0]]
	}
	return Row{
		Solver: solver,
		Listed: forum.Listed{Topic: t, ReadNumber: t.LastNumber - s.fresh}, In: questions, Author: people[s.by], Last: people[s.last],
		Lately: all(s.lately...), New: s.fresh,
	}
}

func rows() []Row {
	h := time.Hour
	samples := []topicSample{
		{title: "Thin negatives when pushing HP5 to 1600. Exhausted stop bath, or me?", by: "amara", last: "tomasz", replies: 14, fresh: 3, ago: 12 * time.Minute, solved: true, lately: []string{"tomasz", "kofi", "june"}},
		{title: "Which changing bag survives cold weather? My zip froze at −8 °C", by: "lotte", last: "lotte", replies: 0, fresh: 1, ago: 5 * h},
		{title: "Enlarger alignment with a laser pointer and a shaving mirror", by: "mehmet", last: "hana", replies: 11, fresh: 11, ago: 6 * h, lately: []string{"hana", "bram", "noor"}},
		{title: "Blix kit from March still clear. Use it or bin it?", by: "otis", last: "ines", replies: 2, fresh: 2, ago: aDay, lately: []string{"ines"}},
		{title: "Metering snow without turning it into porridge", by: "noor", last: "kofi", replies: 19, ago: aDay, solved: true, lately: []string{"kofi", "ellis", "wren"}},
		{title: "Is grey-market paper worth the customs form?", by: "bram", last: "priya", replies: 7, ago: 2 * aDay, lately: []string{"priya", "otis"}},
		{title: "Half-frame scanning: mask, glass, or sheer stubbornness", by: "june", last: "noor", replies: 24, ago: 2 * aDay, solved: true, lately: []string{"noor", "tomasz", "lotte"}},
		{title: "Selling a Mamiya 7, what is fair?", by: "rafael", last: "priya", replies: 5, ago: 3 * aDay, closed: true, lately: []string{"priya"}},
		{title: "Water stains on every sixth frame. Drying cabinet or squeegee?", by: "ellis", last: "ellis", replies: 13, ago: 4 * aDay, lately: []string{"amara", "kofi", "hana"}},
		{title: "Toning warm paper in selenium: how far before it goes aubergine?", by: "ines", last: "hana", replies: 31, ago: 5 * aDay, solved: true, lately: []string{"hana", "saoirse"}},
	}
	list := make([]Row, len(samples))
	for i, s := range samples {
		list[i] = row(id.ID(1000+i), s)
	}
	return list
}

func spacePage() SpacePage {
	return SpacePage{
		Space: questions, Section: "Common rooms", Starts: true,
		Listing: Listing{Root: SpaceAddress("questions"), Counts: forum.Counts{New: 2, Unread: 4, Level: forum.Tracking}, Topics: rows(), Next: "abc", Questions: true},
		Here:    all("tomasz", "priya", "kofi"), HereN: 9,
		Pinned: []Row{row(900, topicSample{title: "Start here: how to ask so that someone can answer", by: "saoirse", last: "noor", replies: 8, ago: 320 * aDay, pinned: true})},
	}
}

func post(n int64, by string, ago time.Duration, html string) forum.Post {
	return forum.Post{ID: id.ID(2000 + n), TopicID: 1000, Number: n, AuthorID: people[by].ID, HTML: html, CreatedAt: before(ago)}
}

func topicPage() TopicPage {
	listed := rows()[0].Listed
	listed.LastNumber, listed.ReadNumber, listed.AnswerID, listed.AnsweredAt = 15, 11, ref(id.ID(2005)), ref(listed.CreatedAt.Add(2*time.Hour))
	listed.CreatedAt = before(3*aDay + 2*time.Hour)
	gone := post(6, "bram", 50*time.Hour, "<p>Never mind.</p>")
	gone.RemovedAt, gone.RemovedBy = ref(before(time.Hour)), ref(people["bram"].ID)
	edited := post(12, "kofi", 3*time.Hour, `<p>Proof, if anyone wants it. Fresh developer on the left half of a test strip, second-use on the right. Street lamp, 1/30 at f/2.</p>`)
	edited.EditedAt, edited.AuthorID = ref(before(2*time.Hour)), people["amara"].ID
	edited.Cards = `[{"id":"11111111112","address":"https://darkroom.example/one-shot","host":"darkroom.example","title":"One-shot developers, and what is left in them","about":"How far a working bath goes at box speed, and how far when you push.","site":"The Darkroom"}]`
	return TopicPage{
		Space: questions, People: byID(), HereN: 4, Here: all("hana", "noor", "tomasz", "wren"),
		Rights: Rights{Me: 1, React: true, Write: true, Accepts: true},
		Page: forum.Page{
			Topic: listed, Seq: 31, Order: forum.Oldest,
			Posts: []forum.Post{
				post(1, "amara", 3*aDay+2*time.Hour, `<p>Two rolls of HP5+ from the same walk, both shot at 1600, both in DD-X 1+4 at 20 °C for 13 minutes. Roll one is lovely. Roll two, an hour later in the same chemistry, came out about a stop thin with flat shadows.</p><p>Same tank, same agitation (ten seconds a minute). The only thing I reused was the <strong>developer</strong> and the stop. Which one do I blame?</p>`),
				post(2, "june", 3*aDay+time.Hour, `<blockquote class="quote"><p>The only thing I reused was the developer and the stop.</p></blockquote><p>I think you have already answered yourself. DD-X at 1+4 is meant to be one-shot. What does your notebook say for the volume in the tank?</p>`),
				post(5, "tomasz", 3*aDay, `<p>It is the developer. A 1+4 working bath has enough in it for one roll at box speed; a two-stop push uses most of that up, so the second roll swam in leftovers. Your stop bath only has to be acidic, and it was.</p><ul><li>Mix fresh for each roll, or go 1+4 in a larger tank and do both at once.</li><li>If you must reuse, add 15% to the time and accept the shadows.</li></ul><pre tabindex="0"><code>HP5+ @ 1600   DD-X 1+4   20 °C   13:00   one-shot
HP5+ @ 1600   DD-X 1+4   20 °C   15:00   second roll, at a pinch</code></pre>`),
				gone, edited,
			},
			Given: map[id.ID][]forum.Count{
				2001: {{Kind: "question", N: 4}, {Kind: "thanks", N: 2}}, 2002: {{Kind: "thanks", N: 3}},
				2005: {{Kind: "worked", N: 7}, {Kind: "applause", N: 5}, {Kind: "thanks", N: 11}}, 2012: {{Kind: "photograph", N: 9}, {Kind: "thanks", N: 6}},
			},
			Mine: map[id.ID]map[string]bool{2002: {"thanks": true}, 2005: {"worked": true}},
		},
		Reply: Compose{Action: "/s/questions/t/x/posts", Key: "k1", Label: "Your reply, in Markdown", Button: "Post reply", Draft: "topic-1",
			Text: "Thank you @tomasz, that is it. For the next person:\n\n- **one-shot** means one shot\n- the leaflet says so, on side two"},
	}
}

// votedPage is the same question in the order of votes.
func votedPage() TopicPage {
	p := topicPage()
	p.Order = forum.ByVotes
	p.Posts = []forum.Post{p.Posts[0], p.Posts[2], p.Posts[4], p.Posts[1]}
	p.Posts[1].Votes, p.Posts[2].Votes = 12, 3
	p.Mine[2005][forum.Voted] = true
	p.Told = []forum.Told{{Do: forum.ToClose, By: people["priya"].ID, At: before(aDay), Why: "It is answered.", After: 4}}
	p.Jump = JumpForm{At: "tomorrow", Faults: Faults{"at": "Write the day as 2025-11-21."}}
	return p
}

// summedUpPage is the best of a long topic.
func summedUpPage() TopicPage {
	p := topicPage()
	p.Summary = true
	p.Topic.Posts, p.Topic.LastNumber = 44, 44
	return p
}

func said(n int64, by string, ago time.Duration, html string) chat.Message {
	return chat.Message{ID: id.ID(3000 + n), RoomID: 30, Seq: n, AuthorID: people[by].ID, HTML: html, CreatedAt: before(ago)}
}

func roomPage() RoomPage {
	m := time.Minute
	return RoomPage{
		Room: chat.Room{ID: 30, SpaceID: 21}, Space: lounge, Section: "Live", People: byID(), Rights: Rights{Me: 1, React: true, Write: true},
		Here: all("kofi", "june", "noor", "wren", "ines"), HereN: 23, Say: Compose{Action: "/s/the-lounge/chat", Key: "k2", Draft: "room-1"},
		Stretch: chat.Stretch{
			Seq: 90, ReadSeq: 83, Before: 80,
			Messages: []chat.Message{
				said(80, "ines", 22*time.Hour+32*m, "<p>Scanned the whole harbour roll. Keeping four frames out of thirty-six, which is a personal best.</p>"),
				said(81, "ines", 22*time.Hour+31*m, "<p>The one with the lighthouse nearly went overboard.</p>"),
				said(83, "june", 15*m, `<p>Anyone pushed expired Portra in a home kit? <a class="mention" href="/m/amara">@amara</a> has a recipe for exactly this, she posted the times last month</p>`),
				said(84, "kofi", 8*m, "<p>I got away with one extra minute per decade past the date. Colours go a bit sherbet, which I happen to like.</p>"),
				said(86, "wren", 5*m, "<p>hello, first time in here! is there a list of kits that work in a bathroom without a window that shuts</p>"),
				said(87, "noor", 4*m, `<p>Welcome, Wren. There is now: <a href="/s/questions">Bathroom labs, a census</a>. Start with the towel-under-the-door section.</p>`),
				said(89, "amara", m, "<p>Mine was 3:45 at 39 °C, agitate gently. I will dig out the sheet</p>"),
			},
			Given: map[id.ID][]chat.Count{3081: {{Kind: "thanks", N: 12}, {Kind: "photograph", N: 5}}, 3084: {{Kind: "applause", N: 3}}, 3087: {{Kind: "wave", N: 8}}},
			Mine:  map[id.ID]map[string]bool{3081: {"thanks": true}, 3087: {"wave": true}},
		},
	}
}

func mentor() access.Need {
	return access.Need{Key: access.Key{Kind: access.StatusKey, Amount: 5}, Name: "Mentor", Pin: 5, Have: 412, Want: 500, Gap: 88}
}

func doorPage() DoorPage {
	fellow := access.Need{Key: access.Key{Kind: access.TierKey, Ref: 404}, Name: "Fellow", Tier: tiers[3]}
	here := access.Need{Key: access.Key{Kind: access.TenureKey, Amount: 365}, Name: "365 days here", Have: 365, Want: 365, Met: true}
	badge := access.Need{Key: access.Key{Kind: access.BadgeKey, Ref: 7}, Name: "the Archivist badge"}
	return DoorPage{
		Section: "Workshops", Find: "/s/questions?show=unanswered",
		Door: space.Door{
			Space: masterclass, Verb: access.Read, Ways: []access.Way{{mentor()}, {fellow}, {here, badge}}, Topics: 64, People: 38,
			Titles: []string{"Chapter 9: burning in a sky without a tell-tale edge", "Test strips, marked up by hand", "Split-grade from scratch, with the f-stop timer", "My first 16×20, and what went wrong four times"},
			Taster: 1000, TasterTitle: "Chapter 1: contact sheets", TasterSlug: "chapter-1",
		},
	}
}

func membershipPage() MembershipPage {
	p := MembershipPage{}
	for i, t := range tiers {
		p.Tiers = append(p.Tiers, Cabin{Tier: t, Yours: i == 2})
	}
	p.Tiers[3].Path = "You are 88 away."
	p.Grants = grants()
	return p
}

func grants() []Granted {
	return []Granted{
		{Grant: access.Grant{ID: 51, StartsAt: before(80 * aDay), Reason: "Earned as a Contributor.", Source: "earned"}, Tier: tiers[2]},
		{Grant: access.Grant{ID: 50, StartsAt: before(300 * aDay), EndsAt: ref(before(80 * aDay)), Reason: "Led three walks in the spring."}, Tier: tiers[1], By: "Saoirse", Over: true},
	}
}

func ladderOfClub() []standing.Rung {
	list := make([]standing.Rung, len(rungs))
	for i, r := range rungs {
		list[i] = standing.Rung{Position: r.Position, Name: r.Name, Pin: r.Pin, Enter: r.Enter, Keep: r.Enter * 7 / 10}
	}
	return list
}

func card() standing.Card {
	ladder := ladderOfClub()
	return standing.Card{Member: 1, Score: 412, Rung: ladder[3], Next: &ladder[4], ToGo: 88, Since: before(80 * aDay), Listed: true, Badges: []standing.Won{
		{Badge: badges()[0]}, {Badge: badges()[1]}, {Badge: badges()[2]}, {Badge: badges()[3]},
	}}
}

func badges() []standing.Badge {
	return []standing.Badge{
		{ID: 1, Key: "second-light", Name: "Second light", Words: "Came by on seven days in a row.", Icon: "i-plant", Tone: 2},
		{ID: 2, Key: "well-solved", Name: "Well solved", Words: "Had nine answers accepted.", Icon: "i-seal", Tone: 3},
		{ID: 3, Key: "fireside", Name: "Fireside", Words: "Said fifty things in chat.", Icon: "i-flame", Tone: 6},
		{ID: 4, Key: "first-light", Name: "First light", Words: "Started a first topic.", Icon: "i-sun", Tone: 1},
		{ID: 5, Key: "open-door", Name: "Open door", Words: "Invited a guest who came in.", Icon: "i-door", Tone: 11},
		{ID: 6, Key: "thanked", Name: "Warmly thanked", Words: "Was thanked by ten different people.", Icon: "i-heart", Tone: 5},
	}
}

func profilePage() ProfilePage {
	kinds := standing.Kinds
	recent := rows()[:3]
	return ProfilePage{
		Person: people["amara"], Card: card(), Ladder: ladderOfClub(), Badges: badges(), Work: recent, Ahead: 86, Own: true,
		Member: member.Member{Number: 318, Handle: "amara", JoinedAt: time.Date(2023, 3, 4, 0, 0, 0, 0, time.UTC), Bio: "Pushes film too far and writes down what happened. Edinburgh. Ask me about rain, DD-X and cheap tripods."},
		Ledger: &standing.Ledger{Score: 412, Faded: -243, Rounding: 3,
			Groups: []standing.Group{{Kind: kinds[0], Times: 9, Given: 2250, Worth: 2124}, {Kind: kinds[2], Times: 41, Given: 1230, Worth: 1166}, {Kind: kinds[3], Times: 70, Given: 700, Worth: 651}},
			Behind: standing.Group{Times: 6, Given: 180, Worth: 176}},
		Lines: []Entry{
			{Line: standing.Line{Kind: kinds[0], At: before(12 * time.Minute), Weight: 25, Worth: 25, Times: 1}, What: "Magenta cast on home C-41", Href: "/s/questions/t/1", From: people["otis"]},
			{Line: standing.Line{Kind: kinds[3], At: before(3 * aDay), Weight: 0.5, Worth: 0.494, Times: 1, Cap: standing.CapMutual}, What: "Thin negatives", Href: "/s/questions/t/2", From: people["june"]},
		},
	}
}

func boardPage() BoardPage {
	p := BoardPage{People: byID(), Me: people["amara"], Card: card(), Ladder: ladderOfClub(), On: true, Over: ThisMonth,
		Rules: []Rule{{"Answer accepted", "25", "at most 20 a day"}, {"Topic started", "5", "at most 10 a day"}, {"Reply", "3", ""}, {"Chat message", "0.5", "at most 10 a day"}}}
	p.Period = "2025-11"
	for i, who := range []struct {
		handle string
		points int64
	}{{"tomasz", 241}, {"hana", 228}, {"kofi", 187}, {"priya", 164}, {"noor", 131}, {"amara", 64}, {"ines", 61}, {"june", 58}, {"mehmet", 49}, {"otis", 37}} {
		p.Top = append(p.Top, standing.Placed{Place: int64(i + 1), Member: people[who.handle].ID, Points: who.points})
	}
	return p
}

func homePage() HomePage {
	waiting := rows()[1:4]
	return HomePage{
		Me: people["amara"], At: before(3 * aDay), Standing: card(), Waiting: waiting,
		Rooms: []Busy{{Name: "The lounge", Href: "/s/the-lounge/chat", People: all("june", "kofi", "noor", "bram", "ines"), N: 23}},
		Items: []Item{
			{Href: "/1", Title: "Magenta cast on home C-41, every single time", By: people["otis"], Icon: "solved", Why: "Otis accepted your answer", Good: true, Where: "Questions"},
			{Href: "/2", Title: "Thin negatives when pushing HP5 to 1600", By: people["kofi"], Icon: "reply", Why: "3 new replies to your question", Where: "Questions"},
			{Href: "/3", Title: "The lounge", By: people["june"], Icon: "at", Why: "June mentioned you", Where: "Live"},
			{Href: "/4", Title: "Second light", Icon: "medal", Why: "You earned the badge", Words: "Came by on seven days in a row.", Good: true},
		},
		New:   []Item{{Href: "/5", Title: "The spring print swap opens on 1 December", By: people["saoirse"], Icon: "topic", Why: "New from Saoirse", Where: "Announcements", Elsewhere: true}},
		Gains: gains,
	}
}

func locksPage() LocksPage {
	return LocksPage{
		Space: masterclass, Section: "Workshops", Tasters: []Option{{"x", "Chapter 1: contact sheets"}}, Taster: "x",
		Keys: KeyNames{Tiers: tiers, Rungs: rungs, Badges: []Option{{id.ID(7).String(), "Archivist"}}, Groups: []access.Group{{ID: 61, Name: "Spring class"}}},
		Draft: map[access.Verb]access.Lock{
			access.Read:  {{{Kind: access.TierKey, Ref: 404}}, {{Kind: access.StatusKey, Amount: 5}}, {{Kind: access.BadgeKey, Ref: 7}, {Kind: access.TenureKey, Amount: 365}}},
			access.Start: {{{Kind: access.TierKey, Ref: 404}}, {{Kind: access.StatusKey, Amount: 5}}},
			access.Reply: {{{Kind: access.SignedIn}}},
			access.Chat:  {{{Kind: access.TierKey, Ref: 404}}, {{Kind: access.ScoreKey, Amount: 600}}},
		},
	}
}

func spacesPage() SpacesPage {
	return SpacesPage{Wings: []Wing{
		{Section: space.Section{ID: 10, Name: "Common rooms"}, Spaces: []Kept{{Space: questions, Keepers: all("priya")}, {Space: lounge, Keepers: all("priya", "noor")}}},
		{Section: space.Section{ID: 11, Name: "Workshops"}, Spaces: []Kept{{Space: masterclass, Opens: map[access.Verb]string{access.Read: "at Mentor, or with Fellow", access.Start: "with a moderator's seat"}}}},
	}}
}

var zones = []string{"Europe/London", "Europe/Lisbon", "UTC"}
