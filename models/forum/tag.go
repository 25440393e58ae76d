package forum

import (
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Tag is a word that topics of any space can share. Its name is unique, and as TagName writes it.
type Tag struct {
	ID        id.ID
	Name      string
	MadeBy    *id.ID
	CreatedAt time.Time
}

// Bounds of tags.
const (
	MaxTags = 5  // of a topic
	MaxTag  = 40 // bytes of a name
)

// TagName is a tag's name as it is kept: composed, in small letters, with hyphens for blanks. ok is
// false for what cannot be one: nothing, too much, or signs that would have to be escaped.
func TagName(typed string) (name string, ok bool) {
	name = norm.NFC.String(strings.ToLower(norm.NFC.String(strings.TrimLeft(strings.TrimSpace(typed), "#"))))
	name = strings.Trim(strings.Join(strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || r == '_' || r == '-' }), "-"), "-.")
	strange := strings.ContainsFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '-' && r != '.'
	})
	return name, name != "" && len(name) <= MaxTag && !strange
}

// TagNames reads what was typed in a field of tags: names between commas or blanks, each once.
func TagNames(typed string) (names []string, err error) {
	seen := map[string]bool{}
	for piece := range strings.FieldsFuncSeq(typed, func(r rune) bool { return r == ',' || r == ';' || unicode.IsSpace(r) }) {
		name, ok := TagName(piece)
		if !ok {
			return nil, problem.Invalid("tags", "“%s” cannot be a tag: write at most %d letters, digits and hyphens.", clipped(piece), MaxTag)
		}
		if !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	if len(names) > MaxTags {
		return nil, problem.Invalid("tags", "A topic has at most %d tags. Yours has %d.", MaxTags, len(names))
	}
	return names, nil
}

// clipped is a piece that is not too long to be said in a sentence.
func clipped(text string) string {
	if letters := []rune(text); len(letters) > 30 {
		return string(letters[:30]) + "…"
	}
	return text
}

// visible narrows tags to those that v knows of: some topic that v may read has it. To anybody else
// such a tag never was.
func visible(db *store.DB, v access.Viewer, narrowed *store.DB) *store.DB {
	topics := narrowed.Table("topic_tags").Select("1").Scopes(access.Readable(v, "topic_tags.topic_id")).Where("topic_tags.tag_id = tags.id")
	return db.Where("exists (?)", topics)
}

// tagged is the column of a topic's tags, by name and parted by blanks, which no name has.
func tagged(dialect string) string {
	if dialect == "postgres" {
		return "coalesce((select string_agg(tags.name, ' ' order by tags.name) from topic_tags join tags on tags.id = topic_tags.tag_id where topic_tags.topic_id = topics.id), '') as tag_names"
	}
	return "coalesce((select group_concat(name, ' ') from (select tags.name from topic_tags join tags on tags.id = topic_tags.tag_id where topic_tags.topic_id = topics.id order by tags.name)), '') as tag_names"
}

// Tags are the names of a topic's tags, in order.
func (l Listed) Tags() []string { return strings.Fields(l.TagNames) }
