package handlers

import (
	"fmt"
	"strings"
	"testing"
)

func TestConfigDefaults(t *testing.T) {
	c, err := ReadConfig(nil)
	if err != nil {
		t.Fatal(err)
	}
	if c.Addr != "127.0.0.1:8080" || c.BaseURL != "http://localhost:8080" || c.Database != "data/guildhall.db" || c.MetricsAddr != "127.0.0.1:9090" {
		t.Errorf("the defaults are %+v", c)
	}
	if c.Dev || len(c.Trusted) != 0 || c.Google.On() || c.Apple.On() || c.OIDC.On() || len(c.destinations()) != 0 {
		t.Errorf("something is on by itself: %+v", c)
	}
}

func TestConfigReads(t *testing.T) {
	c, err := ReadConfig([]string{
		"GUILDHALL_BASE_URL=https://Club.Example.org/", "GUILDHALL_METRICS_ADDR=", "GUILDHALL_TRUSTED_PROXIES=10.0.0.0/8,fd00::/8",
		"GUILDHALL_GITHUB_ID=a", "GUILDHALL_GITHUB_SECRET=b", "GUILDHALL_LOG_LEVEL=warn",
		"GUILDHALL_OIDC_ISSUER=https://id.example.org/realm", "GUILDHALL_OIDC_ID=x", "GUILDHALL_OIDC_SECRET=y",
	})
	if err != nil {
		t.Fatal(err)
	}
	if c.BaseURL != "https://club.example.org" || c.MetricsAddr != "" || len(c.Trusted) != 2 || c.LogLevel.String() != "WARN" {
		t.Errorf("read as %+v", c)
	}
	if got := strings.Join(c.destinations(), " "); got != "https://github.com https://id.example.org" {
		t.Errorf("forms lead to %q", got)
	}
}

func TestConfigRefuses(t *testing.T) {
	for _, test := range []struct{ environ, names string }{
		{"GUILDHALL_BASE_URL=club.example.org", "GUILDHALL_BASE_URL"},
		{"GUILDHALL_BASE_URL=ftp://club.example.org", "GUILDHALL_BASE_URL"},
		{"GUILDHALL_BASE_URL=https://example.org/club", "GUILDHALL_BASE_URL"},
		{"GUILDHALL_BASE_URL=https://me:pw@example.org", "GUILDHALL_BASE_URL"},
		{"GUILDHALL_TRUSTED_PROXIES=proxy", "Trusted"},
		{"GUILDHALL_LOG_LEVEL=loud", "LogLevel"},
		{"GUILDHALL_RATE_FACTOR=0", "GUILDHALL_RATE_FACTOR"},
		{"GUILDHALL_SMTP_URL=mail.example.org", "GUILDHALL_SMTP_URL"},
		{"GUILDHALL_SMTP_URL=smtp://mail.example.org:587", "GUILDHALL_MAIL_FROM"},
		{"GUILDHALL_GOOGLE_ID=x", "GUILDHALL_GOOGLE_SECRET"},
		{"GUILDHALL_DISCORD_SECRET=x", "GUILDHALL_DISCORD_ID"},
		{"GUILDHALL_APPLE_ID=x", "GUILDHALL_APPLE_KEY"},
		{"GUILDHALL_OIDC_ISSUER=https://id.example.org", "GUILDHALL_OIDC_ID"},
		{"GUILDHALL_OIDC_ISSUER=http://id.example.org", "GUILDHALL_OIDC_ISSUER"},
	} {
		if _, err := ReadConfig([]string{test.environ}); err == nil || !strings.Contains(err.Error(), test.names) {
			t.Errorf("%s: %v", test.environ, err)
		}
	}
}

func TestDevRefusesAPublicAddress(t *testing.T) {
	for base, may := range map[string]bool{
		"http://localhost:8080": true, "http://127.0.0.1:8080": true, "http://127.9.9.9": true, "http://[::1]:8080": true, "http://club.localhost": true,
		"https://club.example.org": false, "http://192.168.1.5:8080": false, "http://localhost.example.org": false, "http://0.0.0.0:8080": false,
	} {
		_, err := ReadConfig([]string{"GUILDHALL_DEV=true", "GUILDHALL_BASE_URL=" + base})
		if (err == nil) != may {
			t.Errorf("--dev at %s: %v", base, err)
		}
		if _, err := ReadConfig([]string{"GUILDHALL_BASE_URL=" + base}); err != nil {
			t.Errorf("without --dev, %s: %v", base, err)
		}
	}
}

func TestSecretsAreNotPrinted(t *testing.T) {
	c, err := ReadConfig([]string{"GUILDHALL_GITHUB_ID=a", "GUILDHALL_GITHUB_SECRET=hush-hush", "GUILDHALL_SMTP_URL=smtp://u:hush-hush@h", "GUILDHALL_MAIL_FROM=c@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	NewLog(&log, 0).Info("settings", "github", c.GitHub.Secret, "all", c.Keys)
	for _, said := range []string{fmt.Sprintf("%v %+v %s", c, c, c.SMTP), log.String()} {
		if strings.Contains(said, "hush") {
			t.Errorf("a secret is in %s", said)
		}
	}
	if string(c.GitHub.Secret) != "hush-hush" {
		t.Error("the secret is lost")
	}
}

func TestEveryVariableIsExplained(t *testing.T) {
	seen := map[string]bool{}
	for _, v := range Variables() {
		if v.About == "" || seen[v.Name] {
			t.Errorf("%s has no words, or stands twice", v.Name)
		}
		seen[v.Name] = true
	}
	for _, name := range []string{"DATABASE_URL", "GUILDHALL_BASE_URL", "GUILDHALL_GOOGLE_ID", "GUILDHALL_APPLE_KEY_ID", "GUILDHALL_OIDC_ISSUER"} {
		if !seen[name] {
			t.Errorf("%s is missing", name)
		}
	}
}

// TestDevListensOnThisMachineAlone: whoever can reach it is let in as anybody.
func TestDevListensOnThisMachineAlone(t *testing.T) {
	for addr, may := range map[string]bool{"127.0.0.1:8080": true, "localhost:8080": true, "[::1]:8080": true, ":8080": false, "0.0.0.0:8080": false, "192.0.2.7:8080": false} {
		_, err := ReadConfig([]string{"GUILDHALL_DEV=true", "GUILDHALL_ADDR=" + addr})
		if (err == nil) != may {
			t.Errorf("%s: %v", addr, err)
		}
	}
}
