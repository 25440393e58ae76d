package chat

import (
	"context"
	"errors"
	"strings"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/prose"
	"guildhall/models/store"
)

// Draft is what somebody is about to say. Key is made by the client: the same key twice says it once.
type Draft struct {
	Key  string
	Text string
	Here []id.ID // who is in the room at this moment, for @here
	Root id.ID   // the message that it answers in a thread, or one of that thread; zero: it stands in the room itself

	origin id.ID // the message that it is forwarded from
}

// sending is a message on its way to the committer: cooked, and checked a first time.
type sending struct {
	viewer access.Viewer
	room   id.ID
	key    string
	text   prose.Cooked
	here   []id.ID
	root   id.ID
	origin id.ID
	kept   *Message // filled in by keep
}

// Send says d in a room. When it returns without an error the message is kept. If ctx ends first
// the outcome is unknown, and sending again with the same key is safe.
func (c *Chat) Send(ctx context.Context, v access.Viewer, room id.ID, d Draft) (Message, error) {
	text, err := d.cook()
	if err != nil {
		return Message{}, err
	}
	var kept Message // whether v may speak is asked in the batch, in one statement for all
	s := sending{viewer: v, room: room, key: d.Key, text: text, here: d.Here, root: d.Root, origin: d.origin, kept: &kept}
	if store.Within(ctx) {
		err = c.one(ctx, s) // a batch of the caller's, which commits for us
	} else {
		err = c.commits.do(ctx, s)
	}
	if err != nil {
		return Message{}, err // kept may still be written to: it is not looked at
	}
	return kept, nil
}

func (d *Draft) cook() (prose.Cooked, error) {
	d.Text = strings.TrimSpace(strings.ReplaceAll(d.Text, "\r\n", "\n"))
	if d.Key == "" || len(d.Key) > 64 {
		return prose.Cooked{}, problem.Invalid("", "The page is out of date. Load it again; your text stays in it.")
	}
	return cook(d.Text)
}

func cook(text string) (prose.Cooked, error) {
	cooked, err := prose.Message(text)
	switch {
	case errors.Is(err, prose.ErrTooLong):
		return cooked, problem.TooLarge("text", "A message has at most %d bytes. Yours has %d.", MaxText, len(text))
	case err != nil:
		return cooked, problem.Invalid("text", "That text has characters that cannot be kept. Paste it as plain text.")
	case cooked.Plain == "" && !strings.Contains(cooked.HTML, "<img"):
		return cooked, problem.Invalid("text", "Write something first.")
	}
	return cooked, nil
}
