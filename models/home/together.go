package home

import (
	"slices"
	"time"

	"guildhall/models/id"
	"guildhall/models/notify"
)

// Group is several notifications that are shown as one: the latest of them, and who caused them.
type Group struct {
	Note
	Actors []id.ID // each once, latest first
	Count  int
}

// within is how far apart notifications may lie that are shown as one.
const within = 24 * time.Hour

// Together puts notifications of one kind and place that came within a day into one, read ones and
// unread ones apart. What has a reason of its own, or was done to a topic, stands alone. They are sorted, latest first, and stay so.
func Together(notes []Note) (all []Group) {
	type like struct {
		kind   string
		place  id.ID
		unread bool
	}
	at := map[like]int{}
	for _, n := range notes {
		if n.PlaceID == nil || n.ActorID == nil || n.Kind == notify.Moved || n.Said != "" {
			all = append(all, alone(n))
			continue
		}
		key := like{n.Kind, *n.PlaceID, n.ReadAt == nil}
		i, ok := at[key]
		if !ok || all[i].CreatedAt.Sub(n.CreatedAt) > within {
			at[key] = len(all)
			all = append(all, alone(n))
			continue
		}
		all[i].Count++
		if !slices.Contains(all[i].Actors, *n.ActorID) {
			all[i].Actors = append(all[i].Actors, *n.ActorID)
		}
	}
	return all
}

func alone(n Note) Group {
	g := Group{Note: n, Count: 1}
	if n.ActorID != nil {
		g.Actors = []id.ID{*n.ActorID}
	}
	return g
}
