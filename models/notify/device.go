package notify

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/push"
	"guildhall/models/queue"
	"guildhall/models/store"
)

// Device is a browser by which a member is told. It goes with the login session in which they asked
// for it, and ends with that.
type Device struct {
	ID        id.ID
	MemberID  id.ID
	SessionID id.ID
	Endpoint  string
	Key       string
	Secret    string
	Agent     string
	CreatedAt time.Time
	SentAt    *time.Time
}

func (Device) TableName() string { return "push_devices" }

// Target is where it is sent to.
func (d Device) Target() push.Target {
	return push.Target{Endpoint: d.Endpoint, Key: d.Key, Secret: d.Secret}
}

// Mark tells a browser which of the devices it is, without saying where any of them are sent to.
func (d Device) Mark() string {
	sum := sha256.Sum256([]byte(d.Endpoint))
	return hex.EncodeToString(sum[:8])
}

// maxDevices is how many browsers of one member are told; of more the oldest go.
const maxDevices = 10

// Pushed is the work of telling one browser of one notification; PushTry of sending one a word, to see
// whether it comes.
var (
	Pushed  = queue.NewKind("push.told", queue.Normal)
	PushTry = queue.NewKind("push.try", queue.Normal)
)

// PushJob names what is told, and by which browser. Note is zero for a try.
type PushJob struct {
	Note   id.ID `json:"note,omitzero"`
	Device id.ID `json:"device"`
}

// pushAfter is how long a browser waits for its member to see a notification on a page that is open.
const pushAfter = 8 * time.Second

// AddDevice lets v be told by the browser of that login session. One that is there already is theirs
// from now on, and nobody else's.
func (b *Bell) AddDevice(ctx context.Context, v access.Viewer, session id.ID, to push.Target, agent string) error {
	if err := chooses(v); err != nil {
		return err
	}
	if err := to.Check(); err != nil {
		return err
	}
	return b.store.Write(ctx, func(tx *store.Tx) error {
		d := Device{ID: tx.NewID(), MemberID: v.ID, SessionID: session, Endpoint: to.Endpoint, Key: to.Key, Secret: to.Secret, Agent: clip(agent, 300), CreatedAt: tx.Now}
		if err := tx.Clauses(store.Upsert("endpoint", "member_id", "session_id", "key", "secret", "agent", "created_at")).Create(&d).Error; err != nil {
			return err
		}
		return tx.Exec(`delete from push_devices where member_id = ? and id not in
			(select id from push_devices where member_id = ? order by created_at desc, id desc limit ?)`, v.ID, v.ID, maxDevices).Error
	})
}

// RenewDevice gives one of v's browsers the address that its service gave it in place of the old one; ok is
// false when it was none of theirs, or they took it away: then nothing begins anew. A browser that has
// forgotten the old address is known by its login session.
func (b *Bell) RenewDevice(ctx context.Context, v access.Viewer, session id.ID, old string, to push.Target) (ok bool, err error) {
	if err := chooses(v); err != nil {
		return false, err
	}
	if err := to.Check(); err != nil {
		return false, err
	}
	err = b.store.Write(ctx, func(tx *store.Tx) error {
		var was []Device
		theirs := tx.Where("member_id = ? and session_id = ?", v.ID, session)
		if old != "" {
			theirs = theirs.Where("endpoint = ?", old)
		}
		if err := theirs.Order("created_at desc, id desc").Limit(1).Find(&was).Error; err != nil || len(was) == 0 {
			return err
		}
		ok = true
		if err := tx.Where("endpoint = ? and id <> ?", to.Endpoint, was[0].ID).Delete(&Device{}).Error; err != nil {
			return err
		}
		return tx.Model(&was[0]).Updates(map[string]any{"endpoint": to.Endpoint, "key": to.Key, "secret": to.Secret}).Error
	})
	return ok, err
}

// Devices returns the browsers by which v is told, the latest first.
func (b *Bell) Devices(ctx context.Context, v access.Viewer) (all []Device, err error) {
	err = b.store.Read(ctx).Where("member_id = ?", v.ID).Order("created_at desc, id desc").Limit(maxDevices).Find(&all).Error
	return all, err
}

// RemoveDevice ends one of v's.
func (b *Bell) RemoveDevice(ctx context.Context, v access.Viewer, device id.ID) error {
	if err := chooses(v); err != nil {
		return err
	}
	return b.store.Write(ctx, func(tx *store.Tx) error {
		return tx.Where("id = ? and member_id = ?", device, v.ID).Delete(&Device{}).Error
	})
}

// TryDevice sends a word to one of v's browsers.
func (b *Bell) TryDevice(ctx context.Context, v access.Viewer, device id.ID) error {
	if err := chooses(v); err != nil {
		return err
	}
	return b.store.Write(ctx, func(tx *store.Tx) error {
		var n int64
		if err := tx.Model(&Device{}).Where("id = ? and member_id = ?", device, v.ID).Count(&n).Error; err != nil {
			return err
		}
		if n == 0 {
			return problem.Missing("That browser is told nothing any more.")
		}
		return queue.Add(tx, queue.Work{Kind: PushTry, Payload: PushJob{Device: device}})
	})
}

// Device returns a browser while its login session lasts; ok is false when there is no such one.
func (b *Bell) Device(ctx context.Context, key id.ID) (d Device, ok bool, err error) {
	var rows []Device
	err = b.store.Read(ctx).Joins("join login_sessions on login_sessions.id = push_devices.session_id and login_sessions.expires_at > ?", b.store.Now(ctx)).
		Where("push_devices.id = ?", key).Select("push_devices.*").Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return d, false, err
	}
	return rows[0], true, nil
}

// Delivered notes that a browser was sent something; with gone it takes nothing any more, and goes.
func (b *Bell) Delivered(ctx context.Context, device id.ID, gone bool) error {
	return b.store.Write(ctx, func(tx *store.Tx) error {
		if gone {
			return tx.Where("id = ?", device).Delete(&Device{}).Error
		}
		return tx.Model(&Device{}).Where("id = ?", device).Update("sent_at", tx.Now).Error
	})
}

// Unheard returns a notification of v's that v may read and has not read yet; ok is false when there is
// no such one, whatever the reason.
func (b *Bell) Unheard(ctx context.Context, v access.Viewer, key id.ID) (n Notification, ok bool, err error) {
	var rows []Notification
	err = b.audible(ctx, v).Where("notifications.id = ? and notifications.read_at is null", key).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return n, false, err
	}
	return rows[0], true, nil
}

// ring has the browsers of those who want it told of notifications.
func ring(tx *store.Tx, rows []Notification, devices map[id.ID][]id.ID) error {
	var all []queue.Work
	for _, n := range rows {
		for _, d := range devices[n.MemberID] {
			all = append(all, queue.Work{Kind: Pushed, Payload: PushJob{Note: n.ID, Device: d}, At: tx.Now.Add(pushAfter)})
		}
	}
	return queue.Add(tx, all...)
}

func clip(s string, most int) string {
	if len(s) > most {
		s = s[:most]
	}
	return strings.ToValidUTF8(s, "")
}
