package forum_test

import (
	"fmt"
	"strings"
	"testing"

	"guildhall/models/clubtest"
	"guildhall/models/member"
)

// One post tells so many of being named and no more, whether it mentions, quotes or links to them, and in
// however many edits it does.
func TestOnePostNamesSoMany(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx := t.Context()
		sp := club.Space("Darkroom", nil)
		topic, own := club.Topic(sp, "Fixer"), club.Topic(sp, "Paper")
		var handles, quotes, links []string
		for i := range 16 {
			handle := fmt.Sprintf("printer%c", 'a'+rune(i))
			v := club.Join(handle)
			p := club.Reply(v, topic, "Mine.")
			handles, quotes = append(handles, "@"+handle), append(quotes, quoteOf(sp.Slug, topic, p))
			links = append(links, fmt.Sprintf("[x](%s#p%d)", at(sp.Slug, topic), p.Number))
		}
		named := func(text string, edits ...string) (kinds map[string]int) {
			t.Helper()
			p := club.Reply(club.Owner, own, text)
			for _, edit := range edits {
				p = clubtest.Must(club.Forum.Edit(ctx, club.Again(club.Owner), p.ID, edit))(t)
			}
			kinds = map[string]int{}
			for _, kind := range toldOf(t, club, p.ID) {
				kinds[kind]++
			}
			return kinds
		}
		sum := func(kinds map[string]int) int { return kinds["mentioned"] + kinds["quoted"] + kinds["linked"] }
		if got := named(strings.Join(links, " ") + "\n\n" + strings.Join(quotes[:6], "")); sum(got) != member.MostMentioned || got["quoted"] != 6 {
			t.Errorf("quotes and links told %v", got)
		}
		if got := named(strings.Join(handles[:4], " ") + "\n\n" + strings.Join(quotes, "")); sum(got) != member.MostMentioned || got["mentioned"] != 4 {
			t.Errorf("mentions and quotes told %v", got)
		}
		if got := named(strings.Join(handles[:8], " "), strings.Join(handles[8:], " "), strings.Join(quotes, ""), strings.Join(links, " ")); sum(got) != member.MostMentioned || got["mentioned"] != 10 {
			t.Errorf("edits told %v", got)
		}
	})
}
