// Package atom writes feeds as RFC 4287 has them. It knows nothing of the club.
package atom

import (
	"bytes"
	"encoding/xml"
	"time"
)

// Kind is the media type of a feed.
const Kind = "application/atom+xml; charset=utf-8"

// Feed is one with its entries, the latest first.
type Feed struct {
	ID      string
	Title   string
	Page    string // the address of what it tells of
	Self    string // its own; empty for one whose address is a secret
	Updated time.Time
	Entries []Entry
}

// Entry is one thing that it tells of. HTML is safe, and its addresses hold anywhere.
type Entry struct {
	ID        string
	Title     string
	Page      string
	Author    string
	HTML      string
	Published time.Time
	Updated   time.Time
}

type feed struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Links   []link   `xml:"link"`
	Entries []entry  `xml:"entry"`
}

type link struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type entry struct {
	ID        string `xml:"id"`
	Title     string `xml:"title"`
	Author    string `xml:"author>name"`
	Published string `xml:"published"`
	Updated   string `xml:"updated"`
	Link      link   `xml:"link"`
	Content   html   `xml:"content"`
}

type html struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

// XML is the feed as it goes out.
func (f Feed) XML() ([]byte, error) {
	out := feed{ID: f.ID, Title: f.Title, Updated: stamp(f.Updated), Links: []link{{"alternate", "text/html", f.Page}}}
	if f.Self != "" {
		out.Links = append(out.Links, link{"self", "application/atom+xml", f.Self})
	}
	for _, e := range f.Entries {
		out.Entries = append(out.Entries, entry{
			ID: e.ID, Title: e.Title, Author: e.Author, Published: stamp(e.Published), Updated: stamp(e.Updated),
			Link: link{"alternate", "text/html", e.Page}, Content: html{"html", e.HTML},
		})
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(out); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
