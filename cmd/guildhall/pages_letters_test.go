package main

import (
	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/draft"
	"guildhall/models/id"
	"guildhall/models/letters"
)

// letters are a correspondence with everything in it that one may have, and one that is begun.
func (f *furnishing) letters(in *found) {
	f.t.Helper()
	ctx, club := f.t.Context(), f.club
	write := func(by access.Viewer, to, title, text string) letters.Letter {
		return clubtest.Must(club.Letters.Write(ctx, by, letters.Draft{Key: f.key(), To: letters.Readers(to), Title: title, Text: text}))(f.t)
	}
	me, other := f.viewer(theMember), f.viewer("billie")
	one := write(other, theMember+", tomasz, hana, priya", "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft", "Dear all,\n\n"+everything)
	clubtest.Must(club.Letters.Send(ctx, other, one.ID))(f.t)
	clubtest.Must(club.Letters.Answer(ctx, me, one.ThreadID, letters.Draft{Key: f.key(), Text: "I answer tomorrow."}))(f.t)
	tomasz := f.viewer("tomasz")
	clubtest.OK(f.t, club.Letters.Leave(ctx, tomasz, one.ThreadID))
	in.letters, in.letter = one.ThreadID.String(), one.ID.String()
	target := id.ID(7)
	_, _, err := club.Drafts.Save(ctx, me, draft.At{Kind: draft.Letter, Target: target}, draft.Written{Key: f.key(), Title: "On patience", Text: "Dear Billie,", Around: draft.Around{Readers: "billie"}})
	clubtest.OK(f.t, err)
	in.begun = target.String()
}
