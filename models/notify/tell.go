package notify

import (
	"slices"
	"time"

	"guildhall/models/id"
	"guildhall/models/store"
)

// atOnce is how many members one statement tells: databases bound what it may hold.
const atOnce = 2_000

// Tell keeps a notification for each of the members who want one of this kind, but who caused it, those
// who block or ignore them, and those who were told of the same for a nearer reason. The same line
// twice is one.
func Tell(tx *store.Tx, l Line, members ...id.ID) error {
	kind, err := declaredKind(l.Kind)
	if err != nil {
		return err
	}
	seen := map[id.ID]bool{0: true, l.By: true}
	members = slices.DeleteFunc(slices.Clone(members), func(m id.ID) bool {
		twice := seen[m]
		seen[m] = true
		return twice
	})
	for some := range slices.Chunk(members, atOnce) {
		if err := tell(tx, l, kind, some); err != nil {
			return err
		}
	}
	return nil
}

func tell(tx *store.Tx, l Line, kind Kind, members []id.ID) error {
	listeners, err := listening(tx, l, kind, members)
	if err != nil {
		return err
	}
	rows, devices := make([]Notification, 0, len(members)), map[id.ID][]id.ID{}
	for _, m := range members {
		e := listeners[m]
		bell, mail := e.wants(kind, OnBell), e.reachable && e.wants(kind, ByMail)
		if e.deaf || !bell && !mail && !e.wants(kind, ByPush) {
			continue
		}
		n := Notification{ID: tx.NewID(), MemberID: m, Kind: l.Kind, PlaceID: some(l.At), SubjectID: l.Subject, ActorID: some(l.By), CreatedAt: tx.Now, OnBell: bell}
		if mail {
			at := tx.Now.Add(e.pause(kind))
			n.MailAt = &at
		}
		if e.wants(kind, ByPush) {
			devices[m] = e.devices
		}
		rows = append(rows, n)
		tx.Say(Told{m, n.ID, l.Kind})
	}
	if len(rows) == 0 {
		return nil
	}
	if l.Anew {
		again := make([]id.ID, len(rows))
		for i, r := range rows {
			again[i] = r.MemberID
		}
		err := tx.Exec("delete from notifications where member_id in ? and kind = ? and subject_id = ? and actor_id = ?", again, l.Kind, l.Subject, l.By).Error
		if err != nil {
			return err
		}
	}
	if err := store.OnConflictSkip(tx.DB).Create(&rows).Error; err != nil {
		return err
	}
	return ring(tx, rows, devices)
}

// rest is how long nobody is told anew of what they were told just before, though they have read it.
const rest = 10 * time.Minute

// listener is what one member chose about one kind.
type listener struct {
	deaf      bool // they block or ignore who caused it, or know of it already
	reachable bool // letters can go to them
	devices   []id.ID
	minutes   int
	chosen    map[Channel]bool
}

func (e listener) wants(k Kind, c Channel) bool {
	if k.Fixed && c == OnBell {
		return true
	}
	if wanted, chose := e.chosen[c]; chose {
		return wanted
	}
	return k.Usual(c)
}

func (e listener) pause(k Kind) time.Duration {
	if k.Personal {
		return personally
	}
	return time.Duration(e.minutes) * time.Minute
}

// listening asks in one statement for all that decides who is told.
func listening(tx *store.Tx, l Line, kind Kind, members []id.ID) (map[id.ID]listener, error) {
	all := map[id.ID]listener{}
	if len(members) == 0 {
		return all, nil
	}
	var rows []struct {
		MemberID id.ID
		What     string
		Wanted   bool
		Minutes  int
		Device   id.ID
	}
	asked, args := `select member_id, channel as what, wanted, 0 as minutes, 0 as device from told_choices where kind = ? and member_id in ?
		union all select member_id, 'reach', true, mail_pause, 0 from told_settings where member_id in ?
		union all select member_id, 'deaf', true, 0, 0 from blocks where blocked_id = ? and member_id in ?
		union all select member_id, 'deaf', true, 0, 0 from ignores where ignored_id = ? and member_id in ? and (until is null or until > ?)
		union all select member_id, 'device', true, 0, id from push_devices where member_id in ?`,
		[]any{kind.Name, members, members, l.By, members, l.By, members, tx.Now, members}
	if len(kind.After) > 0 {
		asked += " union all select member_id, 'deaf', true, 0, 0 from notifications where member_id in ? and kind in ? and subject_id = ? and actor_id = ?"
		args = append(args, members, kind.After, l.Subject, l.By)
	}
	if l.Anew {
		asked += ` union all select member_id, 'deaf', true, 0, 0 from notifications where member_id in ? and kind = ? and subject_id = ? and actor_id = ?
			and (on_bell and read_at is null or created_at > ?)`
		args = append(args, members, kind.Name, l.Subject, l.By, tx.Now.Add(-rest))
	}
	if l.Without != nil {
		asked += " union all select member_id, 'deaf', true, 0, 0 from (?) as kept_from"
		args = append(args, l.Without)
	}
	err := tx.Raw(asked, args...).Scan(&rows).Error
	for _, r := range rows {
		e := all[r.MemberID]
		switch r.What {
		case "deaf":
			e.deaf = true
		case "device":
			e.devices = append(e.devices, r.Device)
		case "reach":
			e.reachable, e.minutes = true, r.Minutes
		default:
			if e.chosen == nil {
				e.chosen = map[Channel]bool{}
			}
			e.chosen[Channel(r.What)] = r.Wanted
		}
		all[r.MemberID] = e
	}
	return all, err
}
