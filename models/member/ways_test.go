package member_test

import (
	"testing"
	"time"

	"guildhall/models/clubtest"
	"guildhall/models/member"
	"guildhall/models/store"
)

func TestTheLastWayInStays(t *testing.T) {
	each(t, func(w *town) {
		hana, _ := w.join("hana")
		_, err := w.come(google, hana)
		clubtest.OK(t, err)
		w.confirm(hana, "hana@example.org")
		identity := clubtest.Must(w.Members.Identities(w.ctx(), hana.Viewer))(t)[0]
		address := clubtest.Must(w.Members.Addresses(w.ctx(), hana.Viewer))(t)[0]

		clubtest.Refused(t, w.Members.RemoveAddress(w.ctx(), hana.Viewer, address.ID, member.Offered{Mail: true}), "last way") // google is off
		clubtest.Refused(t, w.Members.RemoveIdentity(w.ctx(), hana.Viewer, identity.ID, member.Offered{Providers: []string{"google"}}), "last way")
		both := member.Offered{Mail: true, Providers: []string{"google"}}
		for range 12 { // two removals at once have to meet to show anything
			won := w.race(2, func(i int) error {
				if i == 0 {
					return w.Members.RemoveIdentity(w.ctx(), hana.Viewer, identity.ID, both)
				}
				return w.Members.RemoveAddress(w.ctx(), hana.Viewer, address.ID, both)
			})
			if won != 1 || w.count("identities", "1 = 1")+w.count("addresses", "1 = 1") != 1 {
				t.Fatalf("%d of two last ways were removed", won)
			}
			clubtest.OK(t, w.Store.Write(w.ctx(), func(tx *store.Tx) error {
				if err := store.OnConflictSkip(tx.DB).Create(&identity).Error; err != nil {
					return err
				}
				return store.OnConflictSkip(tx.DB).Create(&address).Error
			}))
		}
	})
}

func TestStaffAreAskedAgain(t *testing.T) {
	each(t, func(w *town) {
		hana, _ := w.join("hana")
		key := w.addKey(hana, "Phone")
		clubtest.OK(t, w.Members.Sure(w.ctx(), hana))
		clubtest.Refused(t, w.Members.Sure(w.ctx(), w.visit("")), "Sign in")
		w.own(hana)
		out, err := w.useKey(key)
		clubtest.OK(t, err)
		clubtest.OK(t, w.Members.Sure(w.ctx(), w.visit(out.Session)))
		w.Clock.Turn(member.Sureness + time.Second)
		clubtest.Refused(t, w.Members.Sure(w.ctx(), w.visit(out.Session)), "Confirm with your passkey")
	})
}
