package push

import (
	"crypto/ecdh"
	"encoding/base64"
	"strings"
	"testing"
)

// The example of RFC 8291, Appendix A, to the byte.
func TestTheExampleOfTheStandard(t *testing.T) {
	raw := func(s string) []byte {
		b, err := base64.RawURLEncoding.DecodeString(s)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	ours, err := ecdh.P256().NewPrivateKey(raw("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))
	if err != nil {
		t.Fatal(err)
	}
	to := Target{
		Endpoint: "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",
		Key:      "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", Secret: "BTBZMqHH6r4Tts7J_aSIgg",
	}
	if err := to.Check(); err != nil {
		t.Fatal(err)
	}
	got, err := sealWith(to, []byte("When I grow up, I want to be a watermelon"), ours, raw("DGv6ra1nlYgDCS1FRnbzlw"), 1)
	want := "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
	if err != nil || base64.RawURLEncoding.EncodeToString(got) != want {
		t.Errorf("%v\n%s\n%s", err, base64.RawURLEncoding.EncodeToString(got), want)
	}
	if _, err := seal(to, make([]byte, MaxPayload+1)); err == nil {
		t.Error("too long a message was sealed")
	}
	if full, err := seal(to, make([]byte, MaxPayload)); err != nil || len(full) > recordSize {
		t.Errorf("the longest is %d bytes, %v", len(full), err)
	}
}

func TestWhatCannotBeSentTo(t *testing.T) {
	good := Target{"https://push.example.net/x", "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", "BTBZMqHH6r4Tts7J_aSIgg"}
	for name, spoil := range map[string]func(*Target){
		"no address":       func(t *Target) { t.Endpoint = "" },
		"http":             func(t *Target) { t.Endpoint = "http://push.example.net/x" },
		"this machine":     func(t *Target) { t.Endpoint = "https://127.0.0.1/x" },
		"metadata":         func(t *Target) { t.Endpoint = "https://169.254.169.254/x" },
		"another port":     func(t *Target) { t.Endpoint = "https://push.example.net:9200/x" },
		"too long":         func(t *Target) { t.Endpoint += strings.Repeat("x", MaxEndpoint) },
		"no key":           func(t *Target) { t.Key = "" },
		"not on the curve": func(t *Target) { t.Key = "B" + strings.Repeat("A", 86) },
		"no base64":        func(t *Target) { t.Secret = "!" },
		"a short secret":   func(t *Target) { t.Secret = "BTBZ" },
	} {
		spoiled := good
		if spoil(&spoiled); spoiled.Check() == nil {
			t.Errorf("%s: taken", name)
		}
	}
	if err := good.Check(); err != nil {
		t.Error(err)
	}
}
