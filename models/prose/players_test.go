package prose

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestPlayers(t *testing.T) {
	const video, song = "dQw4w9WgXcQ", "4uLU6hMCjMI75M1A2tKUQC"
	form := regexp.MustCompile(`^(?:` + playerFrame + `)$`)
	for address, frame := range map[string]string{
		"https://www.youtube.com/watch?v=" + video:                 "https://www.youtube-nocookie.com/embed/" + video,
		"http://m.youtube.com/watch?list=x&v=" + video + "&t=90":   "https://www.youtube-nocookie.com/embed/" + video + "?start=90",
		"https://youtube.com/shorts/" + video:                      "https://www.youtube-nocookie.com/embed/" + video,
		"https://youtu.be/" + video + "?si=abc":                    "https://www.youtube-nocookie.com/embed/" + video,
		"https://vimeo.com/76979871":                               "https://player.vimeo.com/video/76979871?dnt=1",
		"https://vimeo.com/76979871/0abc123def":                    "https://player.vimeo.com/video/76979871?dnt=1&h=0abc123def",
		"https://open.spotify.com/intl-de/track/" + song + "?si=a": "https://open.spotify.com/embed/track/" + song,
		"https://open.spotify.com/episode/" + song:                 "https://open.spotify.com/embed/episode/" + song,
		"https://soundcloud.com/some-one/a_song?in=b":              "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fsome-one%2Fa_song",
		"https://soundcloud.com/some-one/sets/all":                 "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fsome-one%2Fsets%2Fall",
	} {
		p, ok := playerOf(address)
		if !ok || p.frame != frame || !form.MatchString(p.frame) {
			t.Errorf("%s is played by %q", address, p.frame)
		}
		if at := "https://" + p.host; !slices.Contains(PlayerHosts, at) || !strings.HasPrefix(p.frame, at+"/") {
			t.Errorf("%s is no host of a player", at)
		}
	}
	for _, address := range []string{
		"https://www.youtube.com/", "https://www.youtube.com/watch?v=short", "https://www.youtube.com/@somebody",
		"https://www.youtube.com.evil.example/watch?v=" + video, "https://youtu.be/a/" + video, "https://x@youtu.be/" + video,
		"https://youtu.be:444/" + video, "https://vimeo.com/about", "https://open.spotify.com/user/" + song,
		"https://soundcloud.com/some-one", "https://soundcloud.com/a/b/c/d", "ftp://youtu.be/" + video, "/files/9aBcDeFgH12",
	} {
		if p, ok := playerOf(address); ok {
			t.Errorf("%s is played by %s", address, p.frame)
		}
	}
}
