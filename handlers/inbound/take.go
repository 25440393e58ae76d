package inbound

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/problem"
)

// takeWithin is how long one mail may take.
const takeWithin = 30 * time.Second

// take does what a mail is for. An error is one of ours, and the mail comes again.
func (d *Door) take(to envelope, m Mail, nobody bool) error {
	ctx, stop := context.WithTimeout(context.Background(), takeWithin)
	defer stop()
	back := to.back
	switch {
	case to.kind == notify.ForBounces && m.Report == Complaint:
		return d.Club.Bell.Complain(ctx, back.Box.ID)
	case to.kind == notify.ForBounces && m.Report != None:
		return d.Club.Bell.Bounce(ctx, back.Box.ID, m.Report == Failed)
	case to.kind == notify.ForBounces, m.Robot, nobody, m.Report != None, m.ID == "":
		return nil
	}
	m.Text = without(m.Text)
	return d.reply(ctx, back, m)
}

// reply posts an answer as the member whom the letter went to: what they may do is asked now.
func (d *Door) reply(ctx context.Context, back notify.Returned, m Mail) error {
	why, err := d.post(ctx, back, m)
	if err != nil || why == "" {
		return err
	}
	return d.Club.Bell.Refuse(ctx, back.Box.ID, why)
}

func (d *Door) post(ctx context.Context, back notify.Returned, m Mail) (why string, err error) {
	v, err := d.Club.Members.Viewer(ctx, back.Mailing.MemberID)
	if problem.Is(err, problem.KindMissing) || err == nil && back.Mailing.PlaceID == nil {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	mine, err := d.Club.Members.Addresses(ctx, v)
	if err != nil {
		return "", err
	}
	confirmed := false
	for _, a := range mine {
		confirmed = confirmed || a.Address == m.From
	}
	switch {
	case !confirmed:
		return notify.NotYours, nil
	case m.Text == "":
		return notify.NoText, nil
	case !d.Pace(v.ID): // asked last, so that nobody else uses up what is theirs
		return notify.Later, nil
	}
	return d.write(ctx, v, back, m)
}

// write keeps the answer, once however often it comes.
func (d *Door) write(ctx context.Context, v access.Viewer, back notify.Returned, m Mail) (why string, err error) {
	place, err := d.Club.Access.Place(ctx, *back.Mailing.PlaceID)
	if err == nil {
		var made id.ID
		if made, err = d.make(ctx, v, place, once(back, m), said(m)); err == nil {
			return "", d.Club.Bell.Answered(ctx, back.Mailing, made)
		}
	}
	p := problem.Of(err)
	if p == nil {
		return "", err
	}
	switch p.Kind {
	case problem.KindTooLarge:
		return notify.TooLong, nil
	case problem.KindTooSoon:
		return notify.Later, nil
	case problem.KindInvalid:
		return notify.NoText, nil
	}
	return notify.NotThere, nil
}

// make writes a text where the letter was from, and returns what it became there.
func (d *Door) make(ctx context.Context, v access.Viewer, place access.Place, key, text string) (id.ID, error) {
	if place.Kind == access.RoomPlace {
		message, err := d.Club.Chat.Send(ctx, v, place.ID, chat.Draft{Key: key, Text: text})
		return message.ID, err
	}
	post, err := d.Club.Forum.Reply(ctx, v, place.ID, forum.Draft{Key: key, Text: text})
	return post.ID, err
}

func once(back notify.Returned, m Mail) string {
	sum := sha256.Sum256([]byte("mail:" + back.Mailing.ID.String() + ":" + m.ID))
	return hex.EncodeToString(sum[:24])
}

// said is the text of an answer, with a word about what was dropped.
func said(m Mail) string {
	if m.Files == 0 {
		return m.Text
	}
	return strings.TrimSpace(m.Text) + "\n\n*(Sent by mail. What was attached is not here.)*"
}
