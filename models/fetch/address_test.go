package fetch

import (
	"errors"
	"net/netip"
	"strings"
	"testing"
)

// Every spelling of an address that is not public, and of what is no web address at all.
func TestWhatIsNotAsked(t *testing.T) {
	for _, typed := range []string{
		"", "example.com", "/s/questions", "//example.com/", "ftp://example.com/", "file:///etc/passwd", "gopher://example.com:80/", "javascript:alert(1)",
		"http:", "http://", "http:///etc", "http:example.com", "https://:443/", "http://example.com:", "http://example.com:22/", "http://example.com:8080/", "http://example.com:080/",
		"http://user@example.com/", "http://user:secret@example.com/", "http://@example.com/",

		"http://localhost/", "http://LOCALHOST./", "http://a.localhost/", "http://db/", "http://metadata/", "http://metadata.google.internal/", "http://router.lan/",
		"http://printer.local/", "http://x.home.arpa/", "http://a..example.com/", "http://.example.com/", "http://exa mple.com/", "http://exa%6dple.com:x/", "http://under_score.example.com/",

		"http://127.0.0.1/", "http://127.0.0.1./", "http://127.0.0.1:80/", "http://127.1/", "http://127.0.1/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0x7f.1/",
		"http://0177.0.0.1/", "http://017700000001/", "http://127.0.0.01/", "http://0/", "http://0.0.0.0/", "http://00.0.0.0/", "http://127.0.0.1.0x0/", "http://1.2.3.4.5/", "http://256.256.256.256/", "http://4294967297/",
		"http://１２７．０．０．１/", "http://127。0。0。1/", "http://①②⑦.⓪.⓪.①/", "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "http://127.0.0.1%2f.example.com:1/", "http://%31%32%37.0.0.1/",

		"http://10.0.0.1/", "http://172.16.0.1/", "http://172.31.255.255/", "http://192.168.1.1/", "http://100.64.0.1/", "http://100.100.100.200/", "http://169.254.169.254/latest/meta-data/",
		"http://0xa9fea9fe/", "http://2852039166/", "http://0251.0376.0251.0376/", "http://192.0.0.192/", "http://168.63.129.16/", "http://192.0.2.1/", "http://198.18.0.1/", "http://198.51.100.1/",
		"http://203.0.113.1/", "http://192.88.99.1/", "http://224.0.0.1/", "http://240.0.0.1/", "http://255.255.255.255/",

		"http://[::]/", "http://[::1]/", "http://[0:0:0:0:0:0:0:1]/", "http://[::127.0.0.1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::ffff:0:127.0.0.1]/", "http://[::ffff:10.0.0.1]/",
		"http://[fe80::1]/", "http://[fe80::1%25eth0]/", "http://[2606:4700::1%25eth0]/", "http://[fc00::1]/", "http://[fd00:ec2::254]/", "http://[fec0::1]/", "http://[ff02::1]/", "http://[2001:db8::1]/", "http://[3fff::1]/",
		"http://[64:ff9b::127.0.0.1]/", "http://[64:ff9b::8.8.8.8]/", "http://[64:ff9b:1::1]/", "http://[2002:7f00:1::]/", "http://[2002:a00:1::1]/", "http://[2001::1]/", "http://[2001:0:4136:e378::]/", "http://[100::1]/",
		"http://[2606:4700::5efe:127.0.0.1]/", "http://[2606:4700::200:5efe:10.0.0.1]/", "http://[::1", "http://::1/",
		"https://example.com/" + strings.Repeat("a", MaxLength),
	} {
		if u, err := Parse(typed); !errors.Is(err, ErrAddress) {
			t.Errorf("%q is asked as %v: %v", typed, u, err)
		}
	}
}

// One address has one spelling, and a public one is asked.
func TestAnAddressHasOneSpelling(t *testing.T) {
	for typed, want := range map[string]string{
		"https://example.com":                   "https://example.com/",
		"HTTPS://Example.COM./Path?q=1#part":    "https://example.com/Path?q=1",
		"https://example.com:443/a":             "https://example.com/a",
		"http://example.com:80/":                "http://example.com/",
		"http://example.com:443/":               "http://example.com:443/",
		"https://bücher.example/ä":              "https://xn--bcher-kva.example/%C3%A4",
		"https://ｅｘａｍｐｌｅ.com/":                  "https://example.com/",
		"http://93.184.216.34/":                 "http://93.184.216.34/",
		"http://93.184.216.34./":                "http://93.184.216.34/",
		"http://[2606:4700:0:0::1111]:80/":      "http://[2606:4700::1111]/",
		"http://[::ffff:93.184.216.34]/":        "http://93.184.216.34/",
		"https://4chan.example.org/a%20b?c=%2F": "https://4chan.example.org/a%20b?c=%2F",
	} {
		u, err := Parse(typed)
		if err != nil || u.String() != want {
			t.Errorf("%q is asked as %v, not %s: %v", typed, u, want, err)
			continue
		}
		if again, err := Parse(u.String()); err != nil || again.String() != want {
			t.Errorf("%s is asked as %v the second time: %v", want, again, err)
		}
	}
}

func TestWhatIsPublic(t *testing.T) {
	for _, ip := range []string{"1.1.1.1", "8.8.8.8", "93.184.216.34", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700:4700::1111", "2a00:1450::1", "::ffff:1.1.1.1"} {
		if !Public(netip.MustParseAddr(ip)) {
			t.Errorf("%s is not public", ip)
		}
	}
	if Public(netip.Addr{}) {
		t.Error("no address at all is public")
	}
}

// Whatever is typed, what Parse lets through is a public address in its one spelling, or a name.
func FuzzParse(f *testing.F) {
	for _, typed := range []string{"https://example.com/", "http://127.0.0.1/", "http://[::1]:80/", "http://0x7f.1", "http://bücher.example", "http://a@b/", "http://１２７．１/", "https://example.com:443/%zz?#"} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		u, err := Parse(typed)
		if err != nil {
			if !errors.Is(err, ErrAddress) {
				t.Fatalf("%q: %v", typed, err)
			}
			return
		}
		if ip, err := netip.ParseAddr(u.Hostname()); err == nil && !Public(ip) {
			t.Fatalf("%q leads to %s", typed, ip)
		}
		if port := u.Port(); u.User != nil || port != "" && port != "80" && port != "443" || u.Scheme != "http" && u.Scheme != "https" {
			t.Fatalf("%q is asked as %s", typed, u)
		}
		if again, err := Parse(u.String()); err != nil || again.String() != u.String() {
			t.Fatalf("%q is %s once and %v twice: %v", typed, u, again, err)
		}
	})
}
