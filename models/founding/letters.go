package founding

import (
	"context"
	"time"

	"guildhall/models/id"
	"guildhall/models/letters"
	"guildhall/models/store"
)

// written is a letter of the demo club: by and to are handles, and what has no title answers the one before.
type written struct {
	ago   time.Duration
	by    string
	to    []string
	title string
	text  string
	reads []string // who has opened it since
}

const aDay = 24 * time.Hour

// post are the letters between a few people of the club.
var post = []written{
	{ago: 19 * aDay, by: "amara", to: []string{"tomasz"}, title: "The bench by the harbour", reads: []string{"tomasz"}, text: `Dear Tomasz,

I took the long way home on Sunday and sat on the bench that you once photographed, the one with the missing slat. Somebody has mended it. I was almost sorry.

You said then that a picture of an empty seat is a portrait of whoever has just left. I have thought of it all week. Do you still have the negative? I would like to print it, if you let me, and put the two side by side.

Yours,
Amara`},
	{ago: 16 * aDay, by: "tomasz", text: `Dear Amara,

I have it, and of course you may. It is thin in the shadows: I was in a hurry, as I was with everything that winter. Give it a softer paper than you would like.

I had not known that they mended it. Let us go and see, on a grey day, when nobody else would.

Tomasz`, reads: []string{"amara"}},
	{ago: 2 * aDay, by: "hana", to: []string{"amara"}, title: "About your print", text: `Dear Amara,

I did not want to say this in front of everybody, as it is praise and you would have waved it away. Your print of the two windows is the best thing on that wall. I stood before it until they turned the lights off.

May I ask you for something? Bring the contact sheet, one evening. I should like to see what you left out.

Warmly,
Hana`},
	{ago: 9 * aDay, by: "saoirse", to: []string{"amara", "priya", "hana"}, title: "Before the exhibition", reads: []string{"amara", "priya", "hana"}, text: `Dear all,

before we hang anything I would like the four of us to look at the prints together, slowly, with tea. No list and no votes.

Would the first Thursday do?

Saoirse`},
	{ago: 8 * aDay, by: "hana", text: `Thursday is good. I bring the tea.

Hana`, reads: []string{"saoirse", "priya", "amara"}},
}

// correspond has people of the club write letters to each other.
func (p *play) correspond(ctx context.Context) error {
	var thread id.ID
	for i, w := range post {
		at := store.At(ctx, p.now.Add(-w.ago))
		v, err := p.f.Members.Viewer(at, p.members[w.by])
		if err != nil {
			return err
		}
		d := letters.Draft{Key: key("letter", i), To: w.to, Title: w.title, Text: w.text}
		var one letters.Letter
		if w.title == "" {
			one, err = p.f.Letters.Answer(at, v, thread, d)
		} else {
			one, err = p.f.Letters.Write(at, v, d)
		}
		if err != nil {
			return err
		}
		if _, err := p.f.Letters.Send(at, v, one.ID); err != nil {
			return err
		}
		thread = one.ThreadID
		for _, who := range w.reads {
			if err := p.opens(at, who, thread); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *play) opens(ctx context.Context, who string, thread id.ID) error {
	v, err := p.f.Members.Viewer(ctx, p.members[who])
	if err != nil {
		return err
	}
	o, err := p.f.Letters.Open(ctx, v, thread, 0)
	if err != nil {
		return err
	}
	return p.f.Letters.Read(ctx, v, o)
}
