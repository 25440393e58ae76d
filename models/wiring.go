package models

import (
	"time"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/draft"
	"guildhall/models/fetch"
	"guildhall/models/files"
	"guildhall/models/forum"
	"guildhall/models/founding"
	"guildhall/models/home"
	"guildhall/models/id"
	"guildhall/models/joining"
	"guildhall/models/letters"
	"guildhall/models/member"
	"guildhall/models/notify"
	"guildhall/models/preview"
	"guildhall/models/prose"
	"guildhall/models/push"
	"guildhall/models/queue"
	"guildhall/models/safety"
	"guildhall/models/search"
	"guildhall/models/site"
	"guildhall/models/space"
	"guildhall/models/standing"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// Over wires a club over a database that is open and migrated. What a lower floor must ask of a
// higher one stands here and nowhere else.
func Over(s *store.Store) *Club { return Through(s, fetch.New(fetch.Outside{})) }

// Through is Over with a way of its own to the outside.
func Through(s *store.Store, outside *fetch.Client) *Club {
	c := &Club{store: s, Site: site.New(s), Streams: stream.New(s), Queue: queue.New(s), Bell: notify.New(s), Push: push.New(s, outside)}
	c.Access = access.New(s, access.Facts{
		Standing: func(db *store.DB, m id.ID, now time.Time) (access.Standing, error) {
			return c.Standing.Facts(db, m, now)
		},
		Standings: func(db *store.DB, members []id.ID, now time.Time) (map[id.ID]access.Standing, error) {
			return c.Standing.FactsOf(db, members, now)
		},
		Staffed: func(tx *store.Tx, m id.ID) error { return c.Members.Relist(tx, m) },
		Granted: func(tx *store.Tx, g access.Grant) error {
			return notify.Tell(tx, notify.Line{Kind: notify.Granted, Subject: g.ID}, g.MemberID)
		},
		Unlisted: space.Unlisted,
		Asked:    site.Asked,
		Names:    func(db *store.DB) ([]access.Rung, map[id.ID]string, error) { return c.Standing.Names(db) },
	})
	c.Standing = standing.New(s, standing.Deps{Access: c.Access, Zone: c.Site.Zone, Joined: member.Joined})
	c.Members = member.New(s, member.Deps{Access: c.Access, Visited: c.Standing.Visited, Relist: c.Standing.Relist,
		Invited: func(tx *store.Tx, secret string, guest id.ID) (id.ID, error) { return c.Joining.Use(tx, secret, guest) }})
	c.Files = files.New(s, c.Access)
	c.Files.OnPages(site.OpenPages)
	c.Site.OnSaving(func(tx *store.Tx, v access.Viewer, was, page id.ID, named []string) (map[string]prose.Size, error) {
		if err := draft.End(tx, draft.Page, was, v.ID); err != nil {
			return nil, err
		}
		return files.Show(tx, v, page, named)
	})
	c.Drafts = draft.New(s, c.Access)
	c.Joining = joining.New(s, c.Access, c.Members, c.Standing)
	c.Spaces = space.New(s, c.Access)
	c.Previews = preview.New(s, outside, preview.Deps{Access: c.Access, Keep: func(tx *store.Tx, subject id.ID, cards string, tell bool) error {
		if post, err := c.Forum.KeepCards(tx, subject, cards, tell); post || err != nil {
			return err
		}
		return c.Chat.KeepCards(tx, subject, cards, tell)
	}})
	c.Forum = forum.New(s, c.Access, c.Members, c.Standing, c.Previews)
	c.Chat = chat.New(s, c.Access, c.Members, c.Standing, c.Previews)
	c.Forum.Carries(safety.Carry, draft.Carry)
	c.Letters = letters.New(s, c.Access, c.Members)
	c.Safety = safety.New(s, c.Access, c.Members, c.Forum, c.Chat, c.Letters)
	c.Search = search.New(s, search.Deps{Access: c.Access, Spaces: c.Spaces, Forum: c.Forum, Chat: c.Chat, Members: c.Members, Letters: c.Letters})
	c.Home = home.New(s, home.Deps{Spaces: c.Spaces, Forum: c.Forum, Chat: c.Chat, Letters: c.Letters, Bell: c.Bell, Members: c.Members, Standing: c.Standing})
	c.Founding = founding.New(s, founding.Deps{
		Site: c.Site, Access: c.Access, Members: c.Members, Standing: c.Standing, Spaces: c.Spaces, Forum: c.Forum, Chat: c.Chat, Letters: c.Letters,
	})
	return c
}
