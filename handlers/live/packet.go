package live

import (
	"fmt"
	"slices"
	"sync"
)

// A packet is a run of one room's changes, from+1 to upto without a gap, framed once for each
// format however many sockets it goes to. With reset it stands for changes that nobody has.
type packet struct {
	room  Room
	from  int64
	upto  int64
	reset bool

	changes []Change
	once    [formats]sync.Once
	framed  [formats]framed
}

// framed holds the frames end to end, so that a run goes out in one write; ends[i] is where the
// frame of changes[i] ends.
type framed struct {
	all  []byte
	ends []int
}

// runs cuts changes where the sequence is not followed, which happens only if a caller errs:
// sockets then see the gap and ask.
func runs(room Room, changes []Change) []*packet {
	var all []*packet
	for len(changes) > 0 {
		n := 1
		for n < len(changes) && changes[n].Seq == changes[n-1].Seq+1 {
			n++
		}
		all = append(all, &packet{room: room, from: changes[0].Seq - 1, upto: changes[n-1].Seq, changes: changes[:n:n]})
		changes = changes[n:]
	}
	return all
}

// replayed turns a Backend's answer into a packet. An answer that does not hold every change
// after since would leave a hole, so it becomes a reset, with an error to log.
func replayed(room Room, since int64, r Replay) (*packet, error) {
	reset := &packet{room: room, from: r.Seq, upto: r.Seq, reset: true}
	switch {
	case since == FromNow:
		return &packet{room: room, from: r.Seq, upto: r.Seq}, nil
	case r.Reset, since > r.Seq: // ahead of us: the club was restored from an older copy
		return reset, nil
	case since == r.Seq:
		return &packet{room: room, from: since, upto: since}, nil
	}
	whole := runs(room, r.Changes)
	if len(whole) != 1 || whole[0].from != since || whole[0].upto != r.Seq {
		return reset, fmt.Errorf("live: replay of %q after %d up to %d is not whole", room, since, r.Seq)
	}
	return whole[0], nil
}

// follows reports whether p leaves no gap after the sequence last.
func (p *packet) follows(last int64) bool { return p.reset || p.from <= last }

func (p *packet) in(f format) *framed {
	p.once[f].Do(func() {
		if p.reset {
			p.framed[f] = frames([]down{{Type: resetFrame, Room: p.room, Seq: &p.upto}})
			return
		}
		all := make([]down, len(p.changes))
		for i, c := range p.changes {
			all[i] = down{Type: changeFrame, Room: p.room, Seq: &p.changes[i].Seq, Kind: c.Kind, ID: c.ID}
			all[i].fill(f, c.HTML, c.JSON)
		}
		p.framed[f] = frames(all)
	})
	return &p.framed[f]
}

func frames(all []down) framed {
	var f framed
	for _, d := range all {
		f.all = append(f.all, d.text()...)
		f.ends = append(f.ends, len(f.all))
	}
	return f
}

// after is what p has beyond last, ready to be sent.
func (p *packet) after(last int64, f format) []byte {
	made := p.in(f)
	if p.reset || last <= p.from {
		return made.all
	}
	return made.all[made.ends[last-p.from-1]:]
}

// chunk is the next piece of p beyond last of about most bytes, and where it leads.
func (p *packet) chunk(last int64, f format, most int) ([]byte, int64) {
	made := p.in(f)
	if p.reset || len(made.ends) == 0 {
		return made.all, p.upto
	}
	first, start := int(last-p.from), 0
	if first > 0 {
		start = made.ends[first-1]
	}
	n, _ := slices.BinarySearch(made.ends[first:], start+most+1) // how many end within most bytes
	end := first + max(n, 1)
	return made.all[start:made.ends[end-1]], p.from + int64(end)
}
