package notify

import (
	"context"
	"fmt"
	"time"

	"guildhall/models/id"
	"guildhall/models/queue"
	"guildhall/models/store"
)

// Why an answer by mail is not posted.
const (
	TooLong  = "too-long"
	NoText   = "no-text"
	NotThere = "not-there" // where it was to go is closed to them
	NotYours = "not-yours" // it came from an address that is not theirs
	Later    = "later"
)

// MailRefused is the kind of the job that tells somebody by mail why their answer was not posted; its
// payload is a RefusedJob.
var MailRefused = queue.NewKind("mail.refused", queue.Normal)

// RefusedJob names the mailbox that is told, and why.
type RefusedJob struct {
	Address id.ID
	Why     string
}

// refusedEvery is how often one mailbox is told, at the most.
const refusedEvery = time.Hour

// Refuse tells a mailbox of a member why their answer was not posted.
func (b *Bell) Refuse(ctx context.Context, address id.ID, why string) error {
	return b.store.Write(ctx, func(tx *store.Tx) error {
		slot := tx.Now.Truncate(refusedEvery).Unix()
		return queue.Add(tx, queue.Work{Kind: MailRefused, Key: fmt.Sprintf("refused:%s:%d", address, slot), Payload: RefusedJob{address, why}})
	})
}

// Box returns a mailbox by its id; ok is false when letters to it stopped, or it is no longer there.
func (b *Bell) Box(ctx context.Context, address id.ID) (m Mailbox, ok bool, err error) {
	var rows []Mailbox
	err = b.store.Read(ctx).Where("id = ? and stopped_at is null and address like '%@%'", address).Limit(1).Find(&rows).Error
	if len(rows) == 1 {
		return rows[0], true, err
	}
	return m, false, err
}
