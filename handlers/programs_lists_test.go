package handlers_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"guildhall/handlers"
	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/clubtest"
	"guildhall/models/space"
	"guildhall/models/store"
)

// Reading by a token leaves nothing behind: nothing is read, seen or counted.
func TestProgramsLeaveNoMark(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		e := furnished(t, w)
		unread := clubtest.Must(w.Bell.Unread(t.Context(), w.Again(w.Regular)))(t)
		asked := w.Statements()
		begun := asked.Transactions()
		edit := w.with(w.Regular, 0)
		made := asked.Transactions()
		for _, op := range e.kinds()["open"] {
			w.get(op.at, edit).wants(t, http.StatusOK)
			w.Members.Rest() // one that asks before the note is kept may write it again
			w.get(op.at, edit).wants(t, http.StatusOK)
			w.Members.Rest()
		}
		if n := asked.Transactions() - made; n != 1 || made == begun {
			t.Errorf("%d transactions, and the note of its use is one", n)
		}
		if n := clubtest.Must(w.Bell.Unread(t.Context(), w.Again(w.Regular)))(t); n != unread || n == 0 {
			t.Errorf("%d unread before, %d after", unread, n)
		}
	})
}

// Every list goes on to its end, with each thing once.
func TestListsGoOn(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		edit := w.with(w.Regular, 0)
		topic := w.Topic(w.Open, "The long one")
		room := clubtest.Must(w.Chat.Room(t.Context(), w.Again(w.Owner), w.Open.ID))(t)
		for i := range 55 {
			w.Clock.Turn(time.Minute)
			if i < 45 {
				w.Reply(w.Moderator, topic, fmt.Sprintf("Reply %d to @rita", i))
				w.Topic(w.Open, fmt.Sprintf("Topic %d", i))
			}
			clubtest.Must(w.Chat.Send(t.Context(), w.Again(w.Owner), room.ID, chat.Draft{Key: w.Key(), Text: fmt.Sprintf("Message %d", i)}))(t)
			w.Write(func(tx *store.Tx) error {
				sp := space.Space{ID: tx.NewID(), SectionID: w.Section.ID, Slug: fmt.Sprintf("space-%d", i), Name: "S", Icon: "i-chat", Kind: space.Talk, Position: i + 10, CreatedAt: tx.Now}
				return tx.Create(&sp).Error
			})
		}
		w.Write(func(tx *store.Tx) error { return access.RaiseClub(tx) })
		clubtest.Must(w.Forum.Pin(t.Context(), w.Again(w.Owner), topic.ID, true))(t)
		root := "/api/v1/s/" + w.Open.Slug
		for path, want := range map[string]int{
			root + "/topics": 46, root + "/t/" + topic.ID.String() + "/posts": 46, root + "/chat": 55,
			"/api/v1/spaces": 56, "/api/v1/notifications": 45,
		} {
			if all := w.walk(t, path, edit); len(all) < want || path != "/api/v1/notifications" && len(all) != want {
				t.Errorf("%s lists %d, want %d", path, len(all), want)
			}
			for _, after := range []string{"zzz", "-1", "99999999999999999999", w.Store.NewID().String()} {
				w.get(path+"?after="+after, edit).wants(t, http.StatusOK)
			}
		}
	})
}

func (w *town) walk(t *testing.T, path string, edit func(*http.Request)) map[string]bool {
	t.Helper()
	all, after := map[string]bool{}, ""
	for range 10 {
		var page struct {
			Items []struct{ ID string }
			Next  string
		}
		clubtest.OK(t, json.Unmarshal([]byte(w.get(path+after, edit).wants(t, http.StatusOK).body), &page))
		for _, item := range page.Items {
			if len(item.ID) != 11 || all[item.ID] {
				t.Errorf("%s lists %q again", path, item.ID)
			}
			all[item.ID] = true
		}
		if page.Next == "" {
			return all
		}
		after = "?after=" + page.Next
	}
	t.Errorf("%s never ends", path)
	return all
}

// What cannot be asked is said in the house's way, and times and methods are as promised.
func TestWhatProgramsAsk(t *testing.T) {
	w := build(t, clubtest.SQLite(t), nil)
	topic := w.Topic(w.Open, "Garden plans")
	edit := w.with(w.Regular, 0)
	for path, field := range map[string]string{
		"/api/v1/standing?over=century": "over", "/api/v1/spaces?page=2": "page", "/api/v1/notifications?after=" + strings.Repeat("a", 65): "after",
		"/api/v1/standing?over=all&space=" + w.Open.Slug: "over",
	} {
		w.get(path, edit).wants(t, http.StatusUnprocessableEntity).says(t, `"code":"invalid"`).says(t, `"field":"`+field+`"`)
	}
	w.get("/api/v1/s/"+w.Open.Slug+"/t/short", edit).wants(t, http.StatusNotFound)
	w.ask(http.MethodGet, "/api/v1/me", strings.NewReader(strings.Repeat("a", 2000)), edit).wants(t, http.StatusRequestEntityTooLarge)
	for _, op := range operations(w, w.Open.Slug, topic.ID) {
		read, head := w.get(op.at, edit).wants(t, http.StatusOK), w.ask(http.MethodHead, op.at, nil, edit).wants(t, http.StatusOK)
		if head.body != "" || head.Header.Get("Content-Type") != "application/json" || head.ContentLength != int64(len(read.body)) {
			t.Errorf("HEAD %s: %q %v", op.at, head.body, head.Header)
		}
		for _, said := range regexp.MustCompile(`_at":"([^"]+)"`).FindAllStringSubmatch(read.body, -1) {
			if _, err := time.Parse(time.RFC3339Nano, said[1]); err != nil || !strings.HasSuffix(said[1], "Z") {
				t.Errorf("%s says the time as %s", op.at, said[1])
			}
		}
	}
	w.get("/api/v1/standing?over=week&space="+w.Open.Slug, edit).wants(t, http.StatusOK).says(t, `"own":{"points":`)
}

// TestTheDescriptionIsTheTable: the OpenAPI document is one, and has the rows of the table and no more.
func TestTheDescriptionIsTheTable(t *testing.T) {
	w := build(t, clubtest.SQLite(t), nil)
	var said struct {
		OpenAPI string
		Servers []struct{ URL string }
		Paths   map[string]map[string]struct {
			OperationID string
			Security    []map[string][]string
			Responses   map[string]json.RawMessage
		}
		Components struct {
			Schemas         map[string]json.RawMessage
			SecuritySchemes map[string]struct{ Type, Scheme string }
		}
	}
	if live := w.get("/api/asyncapi.json").wants(t, http.StatusOK); !strings.HasPrefix(live.Header.Get("Content-Type"), "application/json") || !strings.Contains(live.body, `"asyncapi":"3.0.0"`) || !strings.Contains(live.body, strings.TrimPrefix(w.url, "http://")) {
		t.Errorf("the live line is described as %s", live.body)
	}
	a := w.get("/api/openapi.json").wants(t, http.StatusOK)
	clubtest.OK(t, json.Unmarshal([]byte(a.body), &said))
	if !strings.HasPrefix(said.OpenAPI, "3.1.") || said.Servers[0].URL != w.url || said.Components.SecuritySchemes["token"].Scheme != "bearer" {
		t.Errorf("it is %s of %v with %v", said.OpenAPI, said.Servers, said.Components.SecuritySchemes)
	}
	rows := map[string]string{}
	for _, r := range handlers.Routes() {
		if r.Gate == handlers.Token {
			rows[regexp.MustCompile(`:([a-z]+)`).ReplaceAllString(r.Path, "{$1}")] = string(r.Scope)
		}
	}
	told := map[string]string{}
	for path, methods := range said.Paths {
		if len(methods) != 1 || methods["get"].OperationID == "" || methods["get"].Responses["200"] == nil || methods["get"].Responses["default"] == nil {
			t.Errorf("%s has %v", path, methods)
		}
		told[path] = methods["get"].Security[0]["token"][0]
	}
	if !maps.Equal(rows, told) || len(rows) != 10 {
		t.Errorf("the table has %v\nthe description %v", rows, told)
	}
	for _, ref := range regexp.MustCompile(`"#/components/schemas/([^"]+)"`).FindAllStringSubmatch(a.body, -1) {
		if said.Components.Schemas[ref[1]] == nil {
			t.Errorf("%s is not described", ref[1])
		}
	}
}
