package founding

import (
	"context"
	"strings"

	"guildhall/models/access"
	"guildhall/models/member"
	"guildhall/models/problem"
	"guildhall/models/prose"
	"guildhall/models/site"
	"guildhall/models/space"
	"guildhall/models/store"
)

// Setup is what the first page asks for. A fault names its field as the page does: name, tagline,
// hue, zone, owner_name, handle or space.
type Setup struct {
	Name    string
	Tagline string
	Hue     int
	Zone    string // the club's, and its first owner's
	Owner   member.Profile
	Space   string // the name of the first one
}

// rules are a beginning: owners edit them.
const rules = `Be kind, be specific, and say what you mean.

- Talk about the work and not about the person.
- What members share here stays here unless they say otherwise.
- Sell, recruit and advertise only where a space says that it is for that.

The moderators explain what they do. If something is wrong, write to one of them.`

// Begin founds the club: its settings, the ladder and badges, one tier, one space, and its owner,
// who is signed in at once. It consumes the link; nothing half-made is kept.
func (f *Founding) Begin(ctx context.Context, secret string, s Setup, from member.From) (session string, err error) {
	s.Owner.Zone = s.Zone
	if err := s.Owner.Check(); err != nil {
		return "", field(err, "name", "owner_name")
	}
	if s.Space = strings.TrimSpace(s.Space); s.Space == "" || len(s.Space) > 60 {
		return "", problem.Invalid("space", "Name the first space, in at most 60 bytes.")
	}
	from.Method = "owner link"
	err = f.store.Write(ctx, func(tx *store.Tx) error {
		if err := use(tx, secret); err != nil {
			return err
		}
		owner, err := f.found(tx, site.Club{Name: s.Name, Tagline: s.Tagline, Hue: s.Hue, Zone: s.Zone, Rules: rules}, s.Owner)
		if err != nil {
			return err
		}
		if err := furnish(tx, "new", s.Name, false); err != nil {
			return err
		}
		if _, err := f.Access.SaveTier(tx.Context(), owner, access.Tier{Name: "Member", Words: "Everybody who is here.", Ticket: 1}); err != nil {
			return err
		}
		section, err := f.Spaces.AddSection(tx.Context(), owner, "Common rooms")
		if err != nil {
			return err
		}
		first := space.Space{SectionID: section.ID, Slug: prose.Slug(s.Space), Name: s.Space, Icon: "i-chat", Kind: space.Talk, Chat: true, Scores: true}
		if _, err := f.Spaces.Add(tx.Context(), owner, first); err != nil {
			return field(err, "slug", "space")
		}
		session, err = f.Members.Establish(tx, owner.ID, from)
		return err
	})
	return session, err
}

// field names a fault as the set-up page does: it asks for several things at once, and two of them
// have a name.
func field(err error, of, on string) error {
	if p := problem.Of(err); p != nil && p.Field == of {
		return problem.Invalid(on, "%s", p.Text)
	}
	return err
}

// found writes what every club begins with, and its first owner.
func (f *Founding) found(tx *store.Tx, c site.Club, owner member.Profile) (access.Viewer, error) {
	if err := site.Found(tx, c); err != nil {
		return access.Viewer{}, err
	}
	if err := f.Standing.Found(tx); err != nil {
		return access.Viewer{}, err
	}
	m, err := member.Join(tx, member.Newcomer{Profile: owner})
	if err != nil {
		return access.Viewer{}, err
	}
	if err := f.Access.MakeOwner(tx, m.ID); err != nil {
		return access.Viewer{}, err
	}
	return f.Members.Viewer(tx.Context(), m.ID)
}
