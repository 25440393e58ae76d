package preview

import (
	"context"
	"slices"
	"strings"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/fetch"
	"guildhall/models/problem"
	"guildhall/models/queue"
	"guildhall/models/store"
)

// MaxHosts is how long the list of hosts may be, in bytes.
const MaxHosts = 8_000

// Rules are what owners decided.
type Rules struct {
	Enabled bool
	Hosts   string // of which there are no cards, with what is below them: one to a line
}

// rules are Rules with the club's own host.
type rules struct {
	Rules
	own string
}

// bar tells whether there are no cards of a host: by the owners' word, or because it is the club's own.
func (r rules) bar(host string) bool {
	if !r.Enabled || host == "" || host == r.own {
		return true
	}
	return slices.ContainsFunc(strings.Fields(r.Hosts), func(h string) bool { return host == h || strings.HasSuffix(host, "."+h) })
}

// Rules returns what owners decided.
func (p *Previews) Rules(ctx context.Context) (Rules, error) {
	r, err := p.rules(p.store.Read(ctx))
	return r.Rules, err
}

func (p *Previews) rules(db *store.DB) (r rules, err error) {
	var rows []Rules
	err = db.Table("preview_rules").Where("id = 1").Limit(1).Find(&rows).Error
	if r.Enabled = true; len(rows) > 0 {
		r.Rules = rows[0]
	}
	if own := p.own.Load(); own != nil {
		r.own = *own
	}
	return r, err
}

// Change sets the rules, for an owner. Cards that are there already follow in the background.
func (p *Previews) Change(ctx context.Context, v access.Viewer, r Rules) error {
	if err := r.tidy(); err != nil {
		return err
	}
	return p.store.Write(ctx, func(tx *store.Tx) error {
		v, err := p.deps.Access.Renew(tx, v)
		if err != nil {
			return err
		}
		if err := v.CanOwn(); err != nil {
			return err
		}
		row := map[string]any{"id": 1, "enabled": r.Enabled, "hosts": r.Hosts}
		if err := tx.Table("preview_rules").Clauses(store.Upsert("id", "enabled", "hosts")).Create(row).Error; err != nil {
			return err
		}
		if err := queue.Add(tx, queue.Work{Kind: Redraw, Payload: int64(0)}); err != nil {
			return err
		}
		return audit.Write(tx, audit.Line{By: v.ID, What: "previews.changed", Subject: v.ID})
	})
}

// tidy gives every host its one spelling.
func (r *Rules) tidy() error {
	if len(r.Hosts) > MaxHosts {
		return problem.TooLarge("hosts", "The list of hosts has at most %d bytes. Yours has %d.", MaxHosts, len(r.Hosts))
	}
	var hosts []string
	for _, typed := range strings.Fields(r.Hosts) {
		u, err := fetch.Parse("https://" + strings.TrimPrefix(strings.TrimPrefix(typed, "https://"), "http://"))
		if err != nil {
			return problem.Invalid("hosts", "%q is no host. Write one to a line, as in example.com.", typed)
		}
		if !slices.Contains(hosts, u.Hostname()) {
			hosts = append(hosts, u.Hostname())
		}
	}
	r.Hosts = strings.Join(hosts, "\n")
	return nil
}
