package access

import (
	"context"

	"guildhall/models/id"
	"guildhall/models/store"
)

// Raise ends everything that is cached of a member's rights. Call it in the transaction of any
// change of their grants, seats, groups, roles, sanctions, badges or rung.
func Raise(tx *store.Tx, member id.ID) error {
	err := tx.Exec("insert into epochs (member_id, epoch) values (?, 1) on conflict (member_id) do update set epoch = epochs.epoch + 1", member).Error
	if err == nil {
		tx.Mark(raised(member))
		tx.Say(Raised{Member: member})
	}
	return err
}

// raised marks a transaction that raised the epoch of that member: what it reads of them is not
// yet true for others.
type raised id.ID

// RaiseClub ends everything that is cached of anybody's rights: a lock, a tier, the ladder or the
// sections changed.
func RaiseClub(tx *store.Tx) error { return Raise(tx, 0) }

// Raised is the event that a member's rights changed; Member 0 is everybody.
type Raised struct{ Member id.ID }

// Epochs returns the club's epoch and those of the members, in one statement; a member whose
// rights never changed has 0. It is what open sockets are polled with.
func (a *Access) Epochs(ctx context.Context, members []id.ID) (club int64, of map[id.ID]int64, err error) {
	rows, err := readRows(a.store.Read(ctx), append([]id.ID{0}, members...))
	club = rows[0]
	delete(rows, 0)
	return club, rows, err
}

func readEpochs(db *store.DB, member id.ID) (Epochs, error) {
	rows, err := readRows(db, []id.ID{0, member})
	e := Epochs{Club: rows[0]}
	if member != 0 {
		e.Member = rows[member]
	}
	return e, err
}

func readRows(db *store.DB, members []id.ID) (map[id.ID]int64, error) {
	var rows []struct {
		MemberID id.ID
		Epoch    int64
	}
	err := db.Table("epochs").Where("member_id in ?", members).Find(&rows).Error
	of := make(map[id.ID]int64, len(rows))
	for _, r := range rows {
		of[r.MemberID] = r.Epoch
	}
	return of, err
}
