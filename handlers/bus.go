package handlers

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"guildhall/handlers/live/relay"
)

// checkBus folds NATS_URL into its one shape. Instances that talk to each other share one database,
// which a file on a disk cannot be.
func (c *Config) checkBus() error {
	if c.Bus == "" {
		return nil
	}
	var servers []string
	for server := range strings.SplitSeq(string(c.Bus), ",") {
		server = strings.TrimSpace(server)
		at, err := url.Parse(server)
		if err != nil || !oneOf(at.Scheme, "nats", "tls", "ws", "wss") || at.Hostname() == "" {
			return errors.New("NATS_URL cannot be read: write nats://user:password@host:4222, or several of that with commas")
		}
		servers = append(servers, server)
	}
	c.Bus = Secret(strings.Join(servers, ","))
	if !strings.HasPrefix(c.Database, "postgres://") && !strings.HasPrefix(c.Database, "postgresql://") {
		return fmt.Errorf("NATS_URL is for several instances on one database, and DATABASE_URL %s is an SQLite file, which one alone can use: leave NATS_URL out, or use Postgres", c.Database)
	}
	return nil
}

// CheckBus says whether the bus answers; on is false where there is to be none.
func (c *Config) CheckBus() (server string, on bool, err error) {
	if c.Bus == "" {
		return "", false, nil
	}
	server, err = relay.Check(string(c.Bus))
	return server, true, err
}

// joinBus begins to talk with the other instances, where the settings name a bus.
func (s *Site) joinBus() (err error) {
	if s.conf.Bus == "" {
		return nil
	}
	s.hearsay = make(chan relay.Hint, newsWaiting)
	s.relay, err = relay.Open(relay.Options{URL: string(s.conf.Bus), Club: s.conf.BaseURL, Hub: s.hub, Hear: s.hear, Log: s.log})
	if err == nil {
		go s.learnAll()
	}
	return err
}

// leaveBus says goodbye to the other instances, once nobody is connected any more.
func (s *Site) leaveBus() {
	if s.relay != nil {
		s.relay.Close()
	}
}
