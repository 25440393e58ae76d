package jobs

import (
	"context"
	"errors"
	"fmt"

	"guildhall/handlers/ways"
	"guildhall/models/forum"
	private "guildhall/models/letters"
	"guildhall/models/member"
	"guildhall/models/notify"
	"guildhall/models/preview"
	"guildhall/models/queue"
	"guildhall/models/safety"
	"guildhall/models/search"
	"guildhall/views/letters"
)

// job is what is promised about one kind of work.
type job struct {
	kind    queue.Kind
	to      ways.Audience // whom it reaches when it is done
	access  ways.Access
	surface ways.Surface // what shows there
	do      func(*Desk, context.Context, queue.Job) error
}

// table is every kind of work, one to a line. A line that leaves anything out does not compile, and
// the program does not start while a kind that was made has none.
var table = []job{
	{member.MailLink, ways.ToMailbox, ways.Spaceless, "mail-link", (*Desk).mailLink},
	{notify.MailTold, ways.ToMailbox, ways.AskedAgain, "mail-told", (*Desk).mailTold},
	{notify.MailDigest, ways.ToMailbox, ways.AskedAgain, "mail-digest", (*Desk).mailTold},
	{notify.MailTry, ways.ToMailbox, ways.Spaceless, "mail-link", (*Desk).mailTry},
	{notify.MailRefused, ways.ToMailbox, ways.Spaceless, "mail-link", (*Desk).mailRefused},
	{notify.Pushed, ways.ToMember, ways.AskedAgain, "push", (*Desk).pushTold},
	{notify.PushTry, ways.ToMember, ways.Spaceless, "push", (*Desk).pushTry},
	{safety.TakeBack, ways.ToNobody, ways.Spaceless, "upkeep", (*Desk).takeBack},
	{forum.TimerDue, ways.ToNobody, ways.AskedAgain, "upkeep", (*Desk).topicTimer},
	{forum.PublishDue, ways.ToNobody, ways.AskedAgain, "upkeep", (*Desk).publishTopic},
	{forum.TellFollowers, ways.ToMember, ways.AskedAgain, "notifications", (*Desk).tellFollowers},
	{forum.Remind, ways.ToMember, ways.AskedAgain, "notifications", (*Desk).remind},
	{private.Deliver, ways.ToMember, ways.AskedAgain, "letters", (*Desk).deliverLetter},
	{preview.Ask, ways.ToNobody, ways.Spaceless, "upkeep", (*Desk).askPreview},
	{preview.Redraw, ways.ToNobody, ways.Spaceless, "upkeep", (*Desk).redrawPreviews},
	{search.Fill, ways.ToNobody, ways.Spaceless, "upkeep", (*Desk).fillSearch},
}

// mail is what is promised about one kind of letter.
type mail struct {
	kind    letters.Kind
	by      queue.Kind // the work that writes it
	to      ways.Audience
	access  ways.Access
	surface ways.Surface
}

// mails is every kind of letter. What is not here is not sent.
var mails = []mail{
	{letters.SigningIn, member.MailLink, ways.ToMailbox, ways.Spaceless, "mail-link"},
	{letters.Confirming, member.MailLink, ways.ToMailbox, ways.Spaceless, "mail-link"},
	{letters.Proving, member.MailLink, ways.ToMailbox, ways.Spaceless, "mail-link"},
	{letters.Telling, notify.MailTold, ways.ToMailbox, ways.AskedAgain, "mail-told"},
	{letters.Digesting, notify.MailDigest, ways.ToMailbox, ways.AskedAgain, "mail-digest"},
	{letters.Refusing, notify.MailRefused, ways.ToMailbox, ways.Spaceless, "mail-link"},
	{letters.Trying, notify.MailTry, ways.ToMailbox, ways.Spaceless, "mail-link"},
}

const declaredAt = "handlers/jobs/declared.go"

// declaration is both tables, by kind.
type declaration struct {
	jobs  map[queue.Kind]job
	mails map[letters.Kind]mail
}

// declare reads the tables, and refuses them where one of the kinds has no line or a line lacks something.
func declare(work []queue.Kind, written []letters.Kind, table []job, mails []mail) (declaration, error) {
	d := declaration{map[queue.Kind]job{}, map[letters.Kind]mail{}}
	var wrong []error
	for _, j := range table {
		if _, twice := d.jobs[j.kind]; twice || j.do == nil {
			wrong = append(wrong, fmt.Errorf("job %q: give it one line and what does it, in %s", j.kind, declaredAt))
		}
		wrong, d.jobs[j.kind] = append(wrong, j.way().Check(declaredAt)), j
	}
	for _, m := range mails {
		by, ok := d.jobs[m.by]
		if _, twice := d.mails[m.kind]; twice || !ok || m.access == ways.AskedAgain && by.access != ways.AskedAgain {
			wrong = append(wrong, fmt.Errorf("mail %q: give it one line and a job that asks again for access if the letter carries anything of a space, in %s", m.kind, declaredAt))
		}
		wrong, d.mails[m.kind] = append(wrong, m.way().Check(declaredAt)), m
	}
	for _, k := range work {
		if _, ok := d.jobs[k]; !ok {
			wrong = append(wrong, fmt.Errorf("job %q: nobody does it: give it a line in the table of %s", k, declaredAt))
		}
	}
	for _, k := range written {
		if _, ok := d.mails[k]; !ok {
			wrong = append(wrong, fmt.Errorf("mail %q: it would not be sent: give it a line among the mails of %s", k, declaredAt))
		}
	}
	return d, errors.Join(wrong...)
}

// writes tells whether work of that kind is a letter.
func (d declaration) writes(kind queue.Kind) bool {
	for _, m := range d.mails {
		if m.by == kind {
			return true
		}
	}
	return false
}

func (j job) way() ways.Way {
	return ways.Way{Kind: ways.Job, Name: j.kind.String(), Audience: j.to, Rate: j.kind.Priority().String(), Access: j.access, Surface: j.surface}
}

func (m mail) way() ways.Way {
	return ways.Way{Kind: ways.Mail, Name: m.kind.String(), Audience: m.to, Access: m.access, Job: m.by.String(), Surface: m.surface}
}

// Ways lists the work that waits in the queue, and the letters.
func Ways() (all []ways.Way) {
	for _, j := range table {
		all = append(all, j.way())
	}
	for _, m := range mails {
		all = append(all, m.way())
	}
	return all
}
