package prose

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// player is what plays the thing that an address leads to: the page's script puts it in once
// somebody asks for it, so that nobody is told who reads.
type player struct {
	host  string // whose it is: "www.youtube-nocookie.com"; empty for a file of our own
	frame string // what is then loaded
}

// PlayerHosts are the origins of all players but our own files: what a page may frame.
var PlayerHosts = []string{
	"https://www.youtube-nocookie.com", "https://player.vimeo.com", "https://w.soundcloud.com", "https://open.spotify.com",
}

// playerFrame is the form of every address that playerOf gives. The allow-list asks it again.
const playerFrame = `https://www\.youtube-nocookie\.com/embed/[A-Za-z0-9_-]{11}(\?start=[1-9][0-9]{0,5})?` +
	`|https://player\.vimeo\.com/video/[0-9]{5,12}\?dnt=1(&h=[0-9a-f]{6,20})?` +
	`|https://w\.soundcloud\.com/player/\?url=https%3A%2F%2Fsoundcloud\.com(%2F[A-Za-z0-9_-]{1,100}){2,3}` +
	`|https://open\.spotify\.com/embed/(track|album|playlist|episode|show|artist)/[A-Za-z0-9]{22}` +
	`|/files/[1-9A-HJ-NP-Za-km-z]{11}`

var (
	videoID   = regexp.MustCompile(`^[A-Za-z0-9_-]{11}$`)
	startsAt  = regexp.MustCompile(`^([1-9][0-9]{0,5})s?$`)
	onYouTube = regexp.MustCompile(`^/(?:shorts|live|embed)/([A-Za-z0-9_-]{11})/?$`)
	onVimeo   = regexp.MustCompile(`^/([0-9]{5,12})(?:/([0-9a-f]{6,20}))?/?$`)
	onSpotify = regexp.MustCompile(`^(?:/intl-[a-z]{2})?/((?:track|album|playlist|episode|show|artist)/[A-Za-z0-9]{22})/?$`)
	onSounds  = regexp.MustCompile(`^(/[A-Za-z0-9_-]{1,100}(?:/sets)?/[A-Za-z0-9_-]{1,100})/?$`)
)

// playerOf is the player for an address of a known host. No network is asked: the address says it all.
func playerOf(address string) (player, bool) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Port() != "" || u.User != nil {
		return player{}, false
	}
	switch strings.ToLower(u.Host) {
	case "youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com", "www.youtube-nocookie.com":
		if m := onYouTube.FindStringSubmatch(u.Path); m != nil {
			return youTube(m[1], u.Query())
		}
		if u.Path == "/watch" {
			return youTube(u.Query().Get("v"), u.Query())
		}
	case "youtu.be":
		return youTube(strings.Trim(u.Path, "/"), u.Query())
	case "vimeo.com", "www.vimeo.com":
		return vimeo(u.Path)
	case "open.spotify.com":
		if m := onSpotify.FindStringSubmatch(u.Path); m != nil {
			return player{"open.spotify.com", "https://open.spotify.com/embed/" + m[1]}, true
		}
	case "soundcloud.com", "www.soundcloud.com", "m.soundcloud.com":
		if m := onSounds.FindStringSubmatch(u.Path); m != nil {
			return player{"w.soundcloud.com", "https://w.soundcloud.com/player/?url=" + url.QueryEscape("https://soundcloud.com"+m[1])}, true
		}
	}
	return player{}, false
}

func youTube(video string, asked url.Values) (player, bool) {
	if !videoID.MatchString(video) {
		return player{}, false
	}
	p := player{"www.youtube-nocookie.com", "https://www.youtube-nocookie.com/embed/" + video}
	for _, key := range []string{"t", "start"} {
		if m := startsAt.FindStringSubmatch(asked.Get(key)); m != nil {
			p.frame += "?start=" + m[1]
			break
		}
	}
	return p, true
}

func vimeo(path string) (player, bool) {
	m := onVimeo.FindStringSubmatch(path)
	if m == nil {
		return player{}, false
	}
	p := player{"player.vimeo.com", "https://player.vimeo.com/video/" + m[1] + "?dnt=1"}
	if m[2] != "" {
		p.frame += "&h=" + m[2]
	}
	return p, true
}

// ownMedia is the player for a file of our own whose name says that a browser can play it.
func ownMedia(address, name string) (player, bool) {
	return player{frame: address}, fileAddress.MatchString(address) && mediaName.MatchString(name)
}

var mediaName = regexp.MustCompile(`(?i)\.(mp4|webm|mp3|m4a|ogg|opus|wav|flac)$`)

// played is a link that stands alone in its paragraph, with the player of what it leads to.
type played struct {
	ast.BaseBlock
	by player
}

var kindPlayed = ast.NewNodeKind("Played")

func (p *played) Kind() ast.NodeKind { return kindPlayed }

func (p *played) Dump(source []byte, level int) { ast.DumpHelper(p, source, level, nil, nil) }

// bare marks a link that was written as its address alone.
const bare = "bare"

// alone is the link that is all that a settled paragraph holds, or nil. isBare tells whether only its
// address was written.
func alone(n *ast.Paragraph) (link *ast.Link, isBare bool) {
	link, ok := n.FirstChild().(*ast.Link)
	if !ok || link.NextSibling() != nil {
		return nil, false
	}
	_, isBare = link.AttributeString(bare)
	return link, isBare
}

// playedOf turns a settled paragraph into a card with a player if a link to something that can be
// played is all that it holds: a bare address, or a file of our own by its name.
func (s *settler) playedOf(n *ast.Paragraph) {
	link, isBare := alone(n)
	if link == nil {
		return
	}
	by, ok := ownMedia(string(link.Destination), s.words(link))
	if isBare {
		by, ok = playerOf(string(link.Destination))
	}
	if !ok {
		return
	}
	card := &played{by: by}
	replace(n, card)
	card.AppendChild(card, link)
}

func renderPlayed(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString(`<figure class="player">`)
		return ast.WalkContinue, nil
	}
	by := n.(*played).by
	_, _ = w.WriteString(`<button type="button" class="btn small" data-player="`)
	_, _ = w.Write(util.EscapeHTML([]byte(by.frame)))
	if by.host == "" {
		_, _ = w.WriteString("\">Play it here</button></figure>\n")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString(`">Play from ` + by.host + `</button><small>This loads content from there.</small></figure>` + "\n")
	return ast.WalkContinue, nil
}
