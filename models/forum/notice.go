package forum

import (
	"context"
	"strings"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/prose"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// MaxNotice is how many bytes a staff notice has at the most.
const MaxNotice = 2_000

// Notice puts what those who look after a space have to say beside a post, for everybody who reads it,
// with who said it and when; an empty text takes it away.
func (f *Forum) Notice(ctx context.Context, v access.Viewer, post id.ID, text string) (p Post, err error) {
	text = strings.TrimSpace(text)
	if len(text) > MaxNotice {
		return p, problem.TooLarge("notice", "A notice has at most %d bytes. Yours has %d.", MaxNotice, len(text))
	}
	var cooked prose.Cooked
	if text != "" {
		if cooked, err = Cook(text); err != nil {
			return p, problem.Invalid("notice", "That text cannot be shown. Write it as plain words.")
		}
	}
	err = f.change(ctx, v, post, &p, func(tx *store.Tx, v access.Viewer, t Topic) error {
		if err := v.CanModerate(t); err != nil {
			return err
		}
		if p.Notice == text {
			return nil
		}
		what, back := noticed, asText(Command{Do: toNotice, Text: p.Notice})
		p.Notice, p.NoticeHTML, p.NoticeBy, p.NoticeAt = text, cooked.HTML, &v.ID, &tx.Now
		if text == "" {
			what, p.NoticeBy, p.NoticeAt = unnoticed, nil, nil
		}
		if err := tx.Model(&p).Select("notice", "notice_html", "notice_by", "notice_at").Updates(&p).Error; err != nil {
			return err
		}
		line := onPost(v, t, p, what, "")
		line.Back = back
		if err := audit.Write(tx, line); err != nil {
			return err
		}
		_, err := stream.Add(tx, t.ID, stream.Edited, p.ID)
		return err
	})
	return p, err
}
