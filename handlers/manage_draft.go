package handlers

import (
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"guildhall/models/access"
	"guildhall/models/problem"
	"guildhall/views"
)

var errStale = problem.Invalid("", "The form is out of date. Load the page again.")

// redrafted is the draft that the page of the locks carries, with the change that its button asks for.
func (s *Site) redrafted(c echo.Context) (map[access.Verb]access.Lock, error) {
	locks, err := typedLocks(c)
	if err != nil {
		return locks, err
	}
	return locks, s.redraft(c, locks)
}

func typedLocks(c echo.Context) (map[access.Verb]access.Lock, error) {
	locks := map[access.Verb]access.Lock{}
	for _, verb := range access.Verbs {
		for _, text := range typed(c).texts(string(verb), 500) {
			way, err := views.ParseWay(text)
			if err != nil {
				return locks, errStale
			}
			locks[verb] = append(locks[verb], way)
		}
	}
	return locks, nil
}

// redraft makes the change to a draft that the pressed button asks for: "add:<verb>",
// "drop:<verb>:<alternative>", or none.
func (s *Site) redraft(c echo.Context, locks map[access.Verb]access.Lock) error {
	do, of, _ := strings.Cut(typed(c).values.Get("do"), ":")
	name, number, _ := strings.Cut(of, ":")
	verb := access.Verb(name)
	if oneOf(do, "add", "drop") && !slices.Contains(access.Verbs, verb) {
		return errStale
	}
	switch do {
	case "add":
		key, err := s.typedKey(c, verb)
		if err != nil {
			return err
		}
		return addKey(locks, verb, key, typed(c).values.Get(name+"_with"))
	case "drop":
		i, err := strconv.Atoi(number)
		if err != nil || i < 0 || i >= len(locks[verb]) {
			return errStale
		}
		locks[verb] = slices.Delete(locks[verb], i, i+1)
	}
	return nil
}

// typedKey is the key that was chosen for a verb, with the number or the handle beside it.
func (s *Site) typedKey(c echo.Context, verb access.Verb) (access.Key, error) {
	f, name := typed(c).values, string(verb)
	switch kind := access.KeyKind(f.Get(name + "_key")); kind {
	case access.ScoreKey, access.TenureKey:
		n, err := strconv.ParseInt(strings.TrimSpace(f.Get(name+"_amount")), 10, 64)
		if err != nil || n < 1 {
			return access.Key{}, problem.Invalid(name, "Write the number of points or days beside it.")
		}
		return access.Key{Kind: kind, Amount: n}, nil
	case access.NamedKey:
		m, err := s.typedMember(c, name+"_handle")
		if p := problem.Of(err); p != nil {
			return access.Key{}, problem.Invalid(name, "%s", p.Text)
		}
		return access.Key{Kind: kind, Ref: m.ID}, err
	}
	key, err := views.ParseKey(f.Get(name + "_key"))
	if err != nil {
		return key, errStale
	}
	return key, nil
}

// adding is what was typed beside each lock.
func adding(c echo.Context) map[access.Verb]views.Adding {
	f, all := typed(c).values, map[access.Verb]views.Adding{}
	for _, verb := range access.Verbs {
		field := func(name string) string { return f.Get(string(verb) + "_" + name) }
		all[verb] = views.Adding{Key: field("key"), Amount: field("amount"), Handle: field("handle"), With: field("with")}
	}
	return all
}

// addKey puts a key into a draft: as another way in, or together with the keys of one that is there.
func addKey(locks map[access.Verb]access.Lock, verb access.Verb, key access.Key, with string) error {
	lock := locks[verb]
	if with == "" {
		if len(lock) >= access.MaxAlternatives {
			return problem.Invalid(string(verb), "There are at most %d ways in.", access.MaxAlternatives)
		}
		locks[verb] = append(lock, []access.Key{key})
		return nil
	}
	i, err := strconv.Atoi(with)
	switch {
	case err != nil || i < 0 || i >= len(lock):
		return errStale
	case slices.Contains(lock[i], key):
		return nil
	case len(lock[i]) >= access.MaxKeys:
		return problem.Invalid(string(verb), "A way in asks for at most %d keys together.", access.MaxKeys)
	}
	lock[i] = append(lock[i], key)
	return nil
}
