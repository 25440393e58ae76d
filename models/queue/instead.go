package queue

import "guildhall/models/store"

// Instead keeps work in tx in place of whatever was kept under its key, done or not: however often it is
// put off, it is one job. A worker that holds the earlier one finds its lease lost.
func Instead(tx *store.Tx, w Work) error {
	r, err := w.row(tx)
	if err != nil {
		return err
	}
	tx.Say(Added{w.Kind})
	return tx.Exec(`insert into jobs (id, kind, key, payload, priority, run_at, created_at) values (?, ?, ?, ?, ?, ?, ?)
		on conflict (key) do update set payload = excluded.payload, run_at = excluded.run_at, state = 'waiting', attempts = 0,
			fence = jobs.fence + 1, locked_at = null, error = '', done_at = null`,
		r.ID, r.Kind, w.Key, r.Payload, r.Priority, r.RunAt, r.CreatedAt).Error
}

// Cancel takes the work of that key away, unless somebody does it already or it is done.
func Cancel(tx *store.Tx, key string) error {
	return tx.Exec("delete from jobs where key = ? and state in ('waiting', 'dead')", key).Error
}
