package letters

import (
	"fmt"

	"guildhall/models/home"
	"guildhall/models/notify"
	"guildhall/models/site"
	"guildhall/views"
)

// Digest is the letter to a member who was away: a few topics, how much waits, and then it ends.
func Digest(a Around, l home.Letter) Letter {
	name := plain(a.Club.Name)
	letter := Letter{
		kind: Digesting, Club: name, accent: views.Accent(a.Club.Hue), Subject: short(name + " while you were away"), Lead: "While you were away",
		Button: "Come in", Href: a.Base + "/", Why: "You get this letter as a member of " + name + ", because you were away for a while.", Foot: a.foot("No more digests"),
	}
	letter.Preview = waiting(l)
	letter.Text = []string{waiting(l)}
	for _, t := range l.Digest.Topics {
		letter.Items = append(letter.Items, Item{
			Lead: plain(t.Title) + " (" + posts(t.Posts) + ")", Text: paragraphs(t.Text, ""),
			Link: Link{"Read it", a.Base + views.TopicAddress(t.Space, t.ID, t.Slug)},
		})
	}
	letter.After = []string{"That is all of it."}
	return letter
}

func posts(n int64) string {
	if n == 1 {
		return "1 post"
	}
	return fmt.Sprintf("%d posts", n)
}

func waiting(l home.Letter) string {
	topics := "Nothing new that you have not read."
	switch n := len(l.Digest.Topics); {
	case n == 1:
		topics = "One topic that you may like."
	case n > 1:
		topics = fmt.Sprintf("%d topics that you may like.", n)
	}
	switch {
	case l.Unread == 1:
		return topics + " One notification waits for you."
	case l.Unread > 99:
		return topics + " More than 99 notifications wait for you."
	case l.Unread > 1:
		return fmt.Sprintf("%s %d notifications wait for you.", topics, l.Unread)
	}
	return topics
}

// Refused tells somebody who answered a letter why their answer was not posted.
func Refused(a Around, why string) Letter {
	name := plain(a.Club.Name)
	return Letter{
		kind: Refusing, Club: name, accent: views.Accent(a.Club.Hue), Subject: "Your answer was not posted at " + name, Lead: "Your answer was not posted",
		Text:   []string{reasons[why], "Nothing was kept of it. Your mail program has what you wrote."},
		Button: "Open " + name, Href: a.Base + "/", Why: "You get this letter because you answered one of ours. At most one an hour is sent.",
	}
}

// reasons say why an answer was not posted, and nothing of where it was to go: whoever wrote it may
// have lost sight of that.
var reasons = map[string]string{
	notify.TooLong:  "It was longer than a post can be.",
	notify.NoText:   "There was no text of yours in it: write above the quoted part, as text.",
	notify.NotThere: "You cannot write there, or not any more. Open the page from the letter to see why.",
	notify.NotYours: "It came from an address that you have not confirmed here. Answer from the one that the letter went to.",
	notify.Later:    "You wrote a lot within a short time. Wait a while, then answer again.",
}

// Try is the letter that a member asks for, to see whether letters reach them.
func Try(c site.Club, base string) Letter {
	name := plain(c.Name)
	return Letter{
		kind: Trying, Club: name, accent: views.Accent(c.Hue), Subject: "Letters from " + name + " reach you", Lead: "It works",
		Text:   []string{"This is the letter that you asked for. Those of what happens look like it."},
		Button: "Back to the settings", Href: base + "/settings/notifications", Why: "You get this letter because you asked for it, once.",
	}
}
