package chat_test

import (
	"testing"

	"guildhall/models/chat"
	"guildhall/models/clubtest"
)

// TestARoomThatIsOffIsSilent: whoever kept its id, or a socket in it, cannot go on there.
func TestARoomThatIsOffIsSilent(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, r := t.Context(), room(t, club)
		m := say(t, club, club.Regular, r, "While it is on.")
		off := clubtest.Must(club.Spaces.Get(ctx, club.Again(club.Owner), club.Open.ID))(t)
		off.Chat = false
		clubtest.OK(t, club.Spaces.Change(ctx, club.Again(club.Owner), off))
		_, err := club.Chat.Send(ctx, club.Regular, r.ID, chat.Draft{Key: club.Key(), Text: "On we go."}) // as they were
		clubtest.Missing(t, err)
		_, err = club.Chat.Send(ctx, club.Again(club.Moderator), r.ID, chat.Draft{Key: club.Key(), Text: "On we go."})
		clubtest.Missing(t, err)
		_, err = club.Chat.Edit(ctx, club.Again(club.Regular), m.ID, "On we go.")
		clubtest.Missing(t, err)
		off.Chat = true
		clubtest.OK(t, club.Spaces.Change(ctx, club.Again(club.Owner), off))
		say(t, club, club.Again(club.Regular), r, "On again.")
	})
}
