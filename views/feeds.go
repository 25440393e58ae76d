package views

import (
	"time"

	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/space"
)

// FeedsAddress is where a member makes private feeds.
const FeedsAddress = "/settings/feeds"

// Feeds that anybody may ask for; each tells whoever asks of what they may read.
const latestFeed = "/feed/latest.atom"

func spaceFeed(slug string) string { return "/feed" + SpaceAddress(slug) + ".atom" }

func tagFeed(name string) string { return "/feed" + TagAddress(name) + ".atom" }

func topicFeed(topic id.ID) string { return "/feed/t/" + topic.String() + ".atom" }

// FeedsPage is where a member makes private feeds, and ends them.
type FeedsPage struct {
	All    []member.Token
	Spaces []space.Space // that one can be of
	Now    time.Time
	Secret string // the address of the one just made: it is shown this once

	Unsure string // why whoever looks after the club cannot make one before something else
	Again  string // where that is done

	Name   string // as they were typed
	Space  id.ID
	Faults Faults
}

// Head names the page.
func (p FeedsPage) Head() Head { return SettingsHead("Feeds") }

// tokens is the page as that of the tokens, whose words are the same.
func (p FeedsPage) tokens() TokensPage {
	return TokensPage{All: p.All, Spaces: p.Spaces, Now: p.Now, Draft: member.TokenDraft{Space: p.Space}}
}
