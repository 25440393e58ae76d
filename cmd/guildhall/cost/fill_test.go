package cost_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/space"
	"guildhall/models/store"
)

// town is a club with so many posts, of which everybody has read what matters to them.
type town struct {
	*clubtest.Club
	people []string      // handles
	topics []forum.Topic // of twenty posts, to read and to answer
	server string        // the process of its Postgres, empty for SQLite
}

const (
	dwellers = 64 // who ask
	spaces   = 8
	apiece   = forum.PostsPerPage
)

const words = "Two baths of **four minutes** here, with a [test strip](https://example.org) each time the bath is old.\n\n- agitate\n- drain\n- rinse"

// filled founds a club on a database of that kind. Its bulk is written as rows: it is there to be in
// the way, and only the topics that are looked at were written as members write.
func filled(b *testing.B, kind string, posts int) *town {
	b.Helper()
	t := &town{Club: clubtest.On(b, kind)}
	t.Clock.Turn(time.Since(clubtest.Start)) // the program's clock is the world's
	var writers []access.Viewer
	for i := range dwellers {
		t.people = append(t.people, fmt.Sprintf("dweller%d", i))
		writers = append(writers, t.Join(t.people[i]))
	}
	all := []space.Space{t.Open}
	for i := range spaces - 1 {
		all = append(all, t.Space(fmt.Sprintf("Hall %d", i), nil))
	}
	for n := range dwellers {
		topic := t.Topic(t.Open, fmt.Sprintf("How long do you fix fibre paper, %d", n))
		for i := range apiece - 1 {
			t.Reply(writers[(n+i)%8], topic, words)
		}
		t.topics = append(t.topics, topic)
	}
	t.bulk(b, all, writers, posts-dwellers*apiece)
	for _, v := range writers {
		v = t.Again(v)
		for _, sp := range all {
			clubtest.OK(b, t.Forum.LookedIn(b.Context(), v, sp.ID))
		}
		for _, topic := range t.topics {
			clubtest.OK(b, t.Forum.ReadUpTo(b.Context(), v, topic.ID, apiece))
		}
	}
	if kind == "postgres" {
		pid := clubtest.Must(store.Value[int](t.Store.Read(b.Context()).Raw("select pg_backend_pid()")))(b)
		t.server = stat(strconv.Itoa(pid))[1]
	}
	return t
}

// bulk writes so many posts of old, twenty to a topic, in all spaces alike.
func (t *town) bulk(b *testing.B, in []space.Space, by []access.Viewer, posts int) {
	b.Helper()
	const first = 1 << 40 // an id of a minute after ids began
	topics := posts / apiece
	year, now := t.Clock.Now().AddDate(-1, 0, 0), t.Clock.Now().AddDate(0, -1, 0)
	for from := 0; from < topics; from += 1000 {
		t.Write(func(tx *store.Tx) error {
			var places, streams, heads, texts []map[string]any
			for i := from; i < min(topics, from+1000); i++ {
				key, sp, v := id.ID(first+i), in[i%len(in)].ID, by[i%len(by)].ID
				at := year.Add(now.Sub(year) * time.Duration(i) / time.Duration(topics))
				places = append(places, map[string]any{"id": key, "space_id": sp, "kind": "topic", "hidden": false, "taster": false})
				streams = append(streams, map[string]any{"place_id": key, "seq": apiece})
				heads = append(heads, map[string]any{"id": key, "space_id": sp, "author_id": v, "key": strconv.Itoa(i), "title": "What was asked of old", "slug": "what-was-asked",
					"posts": apiece, "last_number": apiece, "last_by": v, "created_at": at, "active_at": at})
				for n := range apiece {
					texts = append(texts, map[string]any{"id": id.ID(first + topics + i*apiece + n), "topic_id": key, "number": n + 1, "author_id": by[(i+n)%len(by)].ID, "key": fmt.Sprintf("%d-%d", i, n),
						"source": words, "html": "<p>" + words + "</p>", "plain": words, "recipe": 0, "created_at": at})
				}
			}
			for _, rows := range []struct {
				table string
				of    []map[string]any
			}{{"places", places}, {"streams", streams}, {"topics", heads}, {"posts", texts}} {
				if err := tx.Table(rows.table).CreateInBatches(rows.of, 500).Error; err != nil {
					return err
				}
			}
			return nil
		})
	}
	t.settle()
}

// settle lets the database know what it holds, where it would by itself in a day: SQLite never looks.
func (t *town) settle() {
	if t.Store.Dialect() == "postgres" {
		t.Write(func(tx *store.Tx) error { return tx.Exec("analyze").Error })
	}
}

// spent is the processor time of the database's own processes, in seconds.
func (t *town) spent(testing.TB) float64 {
	if t.server == "" {
		return 0
	}
	return family(t.server)
}
