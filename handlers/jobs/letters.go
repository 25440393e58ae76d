package jobs

import (
	"context"
	"fmt"
	"net/url"

	"guildhall/models/mailer"
	"guildhall/models/member"
	"guildhall/models/queue"
	"guildhall/models/site"
	"guildhall/views/letters"
)

// mailLink writes a letter with a link, whose secret is made here and kept nowhere else.
func (d *Desk) mailLink(ctx context.Context, job queue.Job) error {
	var work member.LinkJob
	if err := job.Read(&work); err != nil {
		return err
	}
	club, err := d.club.Site.Club(ctx)
	if err != nil {
		return err
	}
	link, secret, wanted, err := d.club.Members.WriteLink(ctx, work.Link)
	if err != nil || !wanted {
		return err
	}
	// Each writing has an id of its own: readers that fold letters of one id together would show the
	// first, whose link the second one ended.
	id := fmt.Sprintf("%s.%d", link.ID, job.Attempts)
	return d.send(ctx, job, linkLetter(club, link, d.base+"/sign-in/link/"+secret), link.Address, id)
}

func linkLetter(club site.Club, link member.Link, href string) letters.Letter {
	minutes := int(member.LinkFor.Minutes())
	switch link.Purpose {
	case member.ToConfirm:
		return letters.Confirm(club, href, link.Address, minutes)
	case member.ToProve:
		return letters.Prove(club, href, link.Address, minutes)
	}
	return letters.SignIn(club, href, minutes)
}

// send hands a letter over that anybody may be sent. One that was refused for good is noted and let
// go: it would be refused each time.
func (d *Desk) send(ctx context.Context, job queue.Job, l letters.Letter, to, id string) error {
	err := d.hand(ctx, job, l, mailer.Letter{To: to, MessageID: id})
	if mailer.Permanent(err) {
		d.log.WarnContext(ctx, "a letter was refused for good", "letter", id, "error", err)
		return nil
	}
	return err
}

// hand draws a letter into m and hands that to the mail server, if it is declared as one that job
// writes.
func (d *Desk) hand(ctx context.Context, job queue.Job, l letters.Letter, m mailer.Letter) (err error) {
	if line, ok := d.declared.mails[l.Kind()]; !ok || line.by != job.Kind {
		return fmt.Errorf("mail %q by job %q is not declared: give it a line in %s", l.Kind(), job.Kind, declaredAt)
	}
	if m.HTML, err = l.HTML(ctx); err != nil {
		return err
	}
	m.Subject, m.Text, m.MessageID = l.Subject, l.Plain(), m.MessageID+"@"+d.host()
	return d.mail.Send(ctx, m)
}

func (d *Desk) host() string {
	if u, err := url.Parse(d.base); err == nil && u.Hostname() != "" {
		return u.Hostname()
	}
	return "localhost"
}
