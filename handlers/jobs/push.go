package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"guildhall/models/home"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/notify"
	"guildhall/models/prose"
	"guildhall/models/push"
	"guildhall/models/queue"
	"guildhall/views"
)

// shown is what a member's browser shows, as the worker of static/worker.js reads it.
type shown struct {
	Title string `json:"title"`
	Body  string `json:"body,omitempty"`
	Href  string `json:"href"`
	Tag   string `json:"tag"` // what has the same one takes its place
}

// How much of anything a browser shows, in runes, and for how long its service keeps it.
const (
	inTitle = 120
	inBody  = 240
	kept    = 24 * time.Hour
)

// pushTold tells one browser of one notification: what it says is looked up, and allowed, now.
func (d *Desk) pushTold(ctx context.Context, job queue.Job) error {
	var work notify.PushJob
	if err := job.Read(&work); err != nil {
		return err
	}
	device, ok, err := d.club.Bell.Device(ctx, work.Device)
	if err != nil || !ok {
		return err
	}
	line, ok, err := d.club.Home.Pushed(ctx, device.MemberID, work.Note)
	if err != nil || !ok {
		return err
	}
	named, err := d.club.Members.Named(ctx, []id.ID{device.MemberID})
	if err != nil {
		return err
	}
	return d.deliver(ctx, device, shownOf(line, named[device.MemberID]))
}

// shownOf says a notification: "Kofi replied in Old benches", and how what they wrote begins.
func shownOf(line home.Line, to member.Named) shown {
	note := views.NoteOf(line.Note, named(to), named(line.Actor))
	s := shown{Title: oneLine(note.Lead+" "+note.Text+" "+note.Where, inTitle), Body: oneLine(note.Words, inBody), Href: note.Href, Tag: line.ID.String()}
	if line.Text != "" {
		s.Body = oneLine(line.Text, inBody)
	}
	if line.PlaceID != nil {
		s.Tag = line.PlaceID.String()
	}
	return s
}

func named(n member.Named) views.Person {
	if n.Former() {
		return views.Person{ID: n.ID}
	}
	return views.Person{ID: n.ID, Handle: n.Handle, Name: n.Name}
}

func oneLine(s string, most int) string {
	return prose.Excerpt(strings.Join(strings.Fields(s), " "), most)
}

// pushTry sends a browser a word, so that its member sees whether any come.
func (d *Desk) pushTry(ctx context.Context, job queue.Job) error {
	var work notify.PushJob
	if err := job.Read(&work); err != nil {
		return err
	}
	device, ok, err := d.club.Bell.Device(ctx, work.Device)
	if err != nil || !ok {
		return err
	}
	club, err := d.club.Site.Club(ctx)
	if err != nil {
		return err
	}
	return d.deliver(ctx, device, shown{Title: club.Name, Body: "It works: this browser is told.", Href: views.DevicesAddress, Tag: "try"})
}

// deliver sends to a browser. One that takes nothing any more is forgotten; what its service will never
// take is let go; with everything else it is tried again later.
func (d *Desk) deliver(ctx context.Context, to notify.Device, s shown) error {
	payload, err := json.Marshal(s)
	if err != nil {
		return err
	}
	err = d.club.Push.Send(ctx, to.Target(), push.Message{Payload: payload, Topic: s.Tag, TTL: kept})
	switch {
	case errors.Is(err, push.ErrGone):
		d.log.InfoContext(ctx, "a browser is told no more", "device", to.ID)
		return d.club.Bell.Delivered(ctx, to.ID, true)
	case errors.Is(err, push.ErrRefused):
		d.log.WarnContext(ctx, "a push was refused for good", "device", to.ID, "error", err)
		return nil
	case err != nil:
		return err
	}
	return d.club.Bell.Delivered(ctx, to.ID, false)
}
