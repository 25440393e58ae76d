package jobs

import (
	"context"
	"fmt"

	"guildhall/models/home"
	"guildhall/models/mailer"
	"guildhall/models/notify"
	"guildhall/models/queue"
	"guildhall/views/letters"
)

// mailTold writes the letter of what a member was told, or a digest: what is in it is looked up, and
// allowed, now.
func (d *Desk) mailTold(ctx context.Context, job queue.Job) error {
	var work notify.MailingJob
	if err := job.Read(&work); err != nil {
		return err
	}
	l, ok, err := d.club.Home.Letter(ctx, work.Mailing)
	if err != nil || !ok {
		return err
	}
	a, err := d.around(ctx, l)
	if err != nil {
		return err
	}
	drawn := letters.Told
	if l.Kind == notify.OfDigest {
		drawn = letters.Digest
	}
	m := mailer.Letter{To: l.Box.Address, MessageID: l.ID.String(), Headers: d.bulk(a, l)}
	if err := d.returning(ctx, &m, l); err != nil {
		return err
	}
	if err := d.hand(ctx, job, drawn(a, l), m); err != nil {
		return d.sentBack(ctx, l.Box, err)
	}
	return d.club.Bell.Sent(ctx, l.Mailing)
}

func (d *Desk) around(ctx context.Context, l home.Letter) (a letters.Around, err error) {
	if a.Club, err = d.club.Site.Club(ctx); err != nil {
		return a, err
	}
	token, err := d.club.Bell.Token(ctx, notify.Farewell{Member: l.MemberID, What: letters.What(l)})
	a.Base, a.Leave, a.Answers = d.base, d.base+"/unsubscribe/"+token, d.returns != "" && l.PlaceID != nil
	return a, err
}

// bulk is what programs read of a letter: that nobody waits for an answer of theirs, how to end it with
// one click (RFC 8058), and which topic it belongs to.
func (d *Desk) bulk(a letters.Around, l home.Letter) map[string]string {
	h := map[string]string{
		"List-Id": "<" + l.Kind + "." + d.host() + ">", "List-Unsubscribe": "<" + a.Leave + ">", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
		"Precedence": "bulk", "X-Auto-Response-Suppress": "All",
	}
	if l.PlaceID != nil {
		topic := fmt.Sprintf("<topic.%s@%s>", l.PlaceID, d.host())
		h["In-Reply-To"], h["References"] = topic, topic
	}
	return h
}

// returning gives a letter the addresses by which an answer and a bounce of it come back, where those
// are taken.
func (d *Desk) returning(ctx context.Context, m *mailer.Letter, l home.Letter) error {
	if d.returns == "" {
		return nil
	}
	key, err := d.club.Bell.ReturnKey(ctx, notify.ForBounces, l.ID, l.Box.ID)
	if err != nil {
		return err
	}
	m.Return = string(notify.ForBounces) + "-" + key + "@" + d.returns
	if l.PlaceID == nil {
		return nil
	}
	if key, err = d.club.Bell.ReturnKey(ctx, notify.ForReplies, l.ID, l.Box.ID); err != nil {
		return err
	}
	m.ReplyTo = string(notify.ForReplies) + "-" + key + "@" + d.returns
	return nil
}

// sentBack lets a letter go that the mail server refused for good, and counts it against the mailbox if
// that is what is wrong.
func (d *Desk) sentBack(ctx context.Context, box notify.Mailbox, err error) error {
	if !mailer.Permanent(err) {
		return err
	}
	d.log.WarnContext(ctx, "a letter was refused for good", "mailbox", box.ID, "error", err)
	if !mailer.Unreachable(err) {
		return nil
	}
	return d.club.Bell.Bounce(ctx, box.ID, true)
}

// mailTry writes the letter by which a member sees whether letters reach them.
func (d *Desk) mailTry(ctx context.Context, job queue.Job) error {
	var work notify.TryJob
	if err := job.Read(&work); err != nil {
		return err
	}
	box, ok, err := d.club.Bell.Mailbox(ctx, work.Member)
	if err != nil || !ok {
		return err
	}
	club, err := d.club.Site.Club(ctx)
	if err != nil {
		return err
	}
	err = d.hand(ctx, job, letters.Try(club, d.base), mailer.Letter{To: box.Address, MessageID: job.ID.String()})
	if err != nil {
		return d.sentBack(ctx, box, err)
	}
	return nil
}

// mailRefused tells somebody why their answer by mail was not posted.
func (d *Desk) mailRefused(ctx context.Context, job queue.Job) error {
	var work notify.RefusedJob
	if err := job.Read(&work); err != nil {
		return err
	}
	box, ok, err := d.club.Bell.Box(ctx, work.Address)
	if err != nil || !ok {
		return err
	}
	club, err := d.club.Site.Club(ctx)
	if err != nil {
		return err
	}
	err = d.hand(ctx, job, letters.Refused(letters.Around{Club: club, Base: d.base}, work.Why), mailer.Letter{To: box.Address, MessageID: job.ID.String(),
		Headers: map[string]string{"Precedence": "bulk", "X-Auto-Response-Suppress": "All"}})
	if err != nil {
		return d.sentBack(ctx, box, err)
	}
	return nil
}
