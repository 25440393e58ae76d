package leaks_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"guildhall/models/id"
)

// listen opens the live line of both clubs, as each who is out, and asks for the public places and for
// some that never were in the first club and are gated in the second.
func (tw *twins) listen() (all []*gaze) {
	all = tw.out()
	var opened sync.WaitGroup
	for _, v := range all {
		opened.Go(func() { tw.opens(v) })
	}
	opened.Wait()
	return all
}

func (tw *twins) opens(v *gaze) {
	for _, protocol := range protocols {
		a, as := v.a.listens(tw.t, protocol)
		b, bs := v.b.listens(tw.t, protocol)
		tw.same(v, "opens a socket", []string{fmt.Sprint(as)}, []string{fmt.Sprint(bs)})
		if a == nil || b == nil {
			continue
		}
		v.taps, v.others = append(v.taps, a), append(v.others, b)
		for _, places := range tw.places() {
			a.join(tw.t, places[0])
			b.join(tw.t, places[1])
		}
	}
}

func (tw *twins) places() (all [][2]id.ID) {
	pa, pb := tw.a.houses[public], tw.b.houses[public]
	all = [][2]id.ID{{pa.room, pb.room}, {pa.topic, pb.topic}}
	for _, k := range []kind{locked, unlisted, cellar} {
		ghost, h := tw.ghosts[k], tw.b.houses[k]
		all = append(all, [2]id.ID{ghost.room, h.room}, [2]id.ID{ghost.topic, h.topic}, [2]id.ID{ghost.hidden, h.hidden})
	}
	return all
}

// live lets both clubs live on in public, and the second one's gated spaces between; then it holds
// what came down to each against each other.
func (tw *twins) live(lines []*gaze, sitting []*tap) {
	var as, bs []*tap
	for _, v := range lines {
		as, bs = append(as, v.taps...), append(bs, v.others...)
	}
	tw.a.gathers(as)
	tw.b.gathers(bs)
	for i := range 2 {
		word := fmt.Sprint("gathering-", i)
		tw.b.hums(sitting, word)
		tw.a.meets(word)
		tw.b.meets(word)
		tw.a.hearsAll(as, word)
		tw.b.hearsAll(bs, word)
	}
	for _, v := range lines {
		for i := range v.taps {
			v.taps[i].ask(tw.t, "ping", nil)
			v.others[i].ask(tw.t, "ping", nil)
			tw.heard(v, v.taps[i], v.others[i])
		}
	}
}

// heard compares two sockets: answers in their order, and what came by itself in the order of its kind
// and room, as rooms and kinds are told side by side.
func (tw *twins) heard(v *gaze, a, b *tap) {
	as, bs := streams(v.of, a), streams(v.and, b)
	names := slices.Collect(maps.Keys(as))
	names = append(names, slices.Collect(maps.Keys(bs))...)
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		tw.frames += len(as[name])
		tw.same(v, "hears "+name, as[name], bs[name])
	}
}

// streams are the frames of a socket by kind and room, retold one stream after another. Who is in a
// room is told when the clock beats: of that the last word counts. A notice says how much is unread
// when it is sent, and more may have come by then: of those their number counts, and what the last
// one says.
func streams(tl *teller, tp *tap) map[string][]string {
	tp.mu.Lock()
	defer tp.mu.Unlock()
	all := map[string][]string{}
	for _, f := range tp.frames {
		if f.said.Ref != "" {
			all["answers"] = append(all["answers"], tl.tell(f.body))
		}
	}
	for _, f := range tp.frames {
		name := f.said.Type + " " + tl.tell([]byte(f.said.Room))
		switch {
		case f.said.Ref != "":
			continue
		case f.said.Type == "presence":
			all[name] = nil
		}
		all[name] = append(all[name], string(f.body))
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		for i := range all[name] {
			if f := all[name]; strings.HasPrefix(name, "notice") && i < len(f)-1 {
				f[i] = "a notice"
			}
			all[name][i] = tl.tell([]byte(all[name][i]))
		}
	}
	return all
}
