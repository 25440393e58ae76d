package home

import (
	"context"
	"net/url"
	"regexp"
	"strings"

	"guildhall/models/access"
	"guildhall/models/id"
)

// A path of the club that has a name: a topic, be it at one of its posts, a space, its chat, a member.
var (
	topicPath  = regexp.MustCompile(`^/s/[^/]+/t/([1-9A-HJ-NP-Za-km-z]{11})(?:/[^/]*)?$`)
	spacePath  = regexp.MustCompile(`^/s/([^/]+)(/chat)?$`)
	memberPath = regexp.MustCompile(`^/m/([^/]+)$`)
	postPart   = regexp.MustCompile(`^p([1-9][0-9]{0,8})$`)
)

// maxInner is how many paths are looked up for one page.
const maxInner = 200

// inner is what a path names.
type inner struct {
	topic         id.ID
	space, handle string
	chat          bool
	post          string
}

func innerOf(path string) (in inner, ok bool) {
	u, err := url.Parse(path)
	if err != nil {
		return in, false
	}
	if m := postPart.FindStringSubmatch(u.Fragment); m != nil {
		in.post = m[1]
	}
	if m := topicPath.FindStringSubmatch(u.Path); m != nil {
		in.topic, err = id.Parse(m[1])
		return in, err == nil
	}
	if m := spacePath.FindStringSubmatch(u.Path); m != nil {
		in.space, in.chat = m[1], m[2] != ""
		return in, true
	}
	if m := memberPath.FindStringSubmatch(u.Path); m != nil {
		in.handle = strings.ToLower(m[1])
		return in, true
	}
	return in, false
}

// Inner finds, in one statement, the names under which v knows the club's own paths: of topics that v
// may read, by their present title and space, of spaces that v may see, of members. What is hidden, shut
// or never was has no name, and is not told apart.
func (h *Home) Inner(ctx context.Context, v access.Viewer, paths []string) (map[string]string, error) {
	of, names := map[string]inner{}, map[string]string{}
	topics, slugs, handles := []id.ID{0}, []string{""}, []string{""}
	for _, path := range paths[:min(len(paths), maxInner)] {
		in, ok := innerOf(path)
		if !ok {
			continue
		}
		of[path] = in
		topics, slugs, handles = append(topics, in.topic), append(slugs, in.space), append(handles, in.handle)
	}
	if len(of) == 0 {
		return names, nil
	}
	db := h.store.Read(ctx)
	read := db.Table("topics").Scopes(access.Readable(v, "topics.id")).Joins("join spaces on spaces.id = topics.space_id").
		Where("topics.id in ?", topics).Select("topics.id, '' as word, topics.title as name, spaces.name as space")
	seen := db.Table("spaces").Where("slug in ? and id in ?", slugs, append([]id.ID{0}, v.Seen()...)).Select("0 as id, slug as word, name, '' as space")
	here := db.Table("members").Where("handle in ? and left_at is null", handles).Select("0 as id, handle as word, name, '@' as space")
	var rows []struct {
		ID                id.ID
		Word, Name, Space string
	}
	err := db.Raw("select * from (?) as topic union all select * from (?) as space union all select * from (?) as person", read, seen, here).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	for path, in := range of {
		for _, r := range rows {
			if name := in.name(r.ID, r.Word, r.Name, r.Space); name != "" {
				names[path] = name
			}
		}
	}
	return names, nil
}

// name is what the path shows if that row is what it names.
func (in inner) name(topic id.ID, word, name, space string) string {
	switch {
	case in.topic != 0 && in.topic == topic && in.post != "" && in.post != "1":
		return name + ", post " + in.post + " · " + space
	case in.topic != 0 && in.topic == topic:
		return name + " · " + space
	case topic != 0 || word == "":
		return ""
	case space == "@" && in.handle == word:
		return name
	case space == "" && in.space == word && in.chat:
		return name + ", chat"
	case space == "" && in.space == word:
		return name
	}
	return ""
}
