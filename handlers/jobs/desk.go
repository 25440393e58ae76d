// Package jobs does the work that waits in the queue: it draws letters at the moment of sending and
// hands them to the mail server, and sweeps up what has ended.
package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"guildhall/models"
	"guildhall/models/mailer"
	"guildhall/models/queue"
	"guildhall/views/letters"
)

const (
	// turn is how often a worker looks for work that nobody announced: what another instance added,
	// what is due only now, what somebody who died held.
	turn = 2 * time.Second
	// jobWithin is how long one job may take: less than the lease, so that no other takes it up.
	jobWithin = queue.Lease / 2
)

// Desk is where the jobs of one instance are done.
type Desk struct {
	club     *models.Club
	mail     *mailer.Mailer
	base     string // of links: "https://club.example.org"
	returns  string // the domain at which answers and bounces are taken; empty: they are not
	log      *slog.Logger
	declared declaration
	kinds    []queue.Kind // those that are done here
	lanes    []lane
}

// New returns the desk of a club whose pages stand at base. Without a mailer no letters are written,
// and those that wait go on waiting. It refuses work and letters that are not declared.
func New(club *models.Club, mail *mailer.Mailer, base string, log *slog.Logger) (*Desk, error) {
	declared, err := declare(queue.Kinds(), letters.Kinds(), table, mails)
	if err != nil {
		return nil, err
	}
	d := &Desk{club: club, mail: mail, base: base, log: log, declared: declared}
	for kind := range declared.jobs {
		if mail != nil || !declared.writes(kind) {
			d.kinds = append(d.kinds, kind)
		}
	}
	d.lanes = lanesOf(d.kinds)
	club.Listen(func(_ context.Context, events []any) {
		for _, e := range events {
			if added, ok := e.(queue.Added); ok {
				d.rouse(added.Kind)
			}
		}
	})
	return d, nil
}

// Returns says at which domain answers to letters and bounces of them are taken. It is called before
// Run.
func (d *Desk) Returns(domain string) { d.returns = domain }

// gathers makes letters of what has waited long enough, turn by turn.
func (d *Desk) gathers(ctx context.Context) {
	for ctx.Err() == nil {
		if d.Gather(ctx) {
			continue
		}
		select {
		case <-ctx.Done():
		case <-time.After(turn):
		}
	}
}

// Gather makes letters of what members were told and have not seen, and of the digests that are due,
// and tells whether there was any.
func (d *Desk) Gather(ctx context.Context) bool {
	told, err := d.club.Bell.Gather(ctx)
	d.complain(ctx, "gather letters", err)
	digests, wrong := d.club.Bell.GatherDigests(ctx)
	d.complain(ctx, "gather digests", wrong)
	return err == nil && told || wrong == nil && digests
}

// Once does one job that is due, if there is any, and tells whether there was.
func (d *Desk) Once(ctx context.Context) bool { return d.once(ctx, d.kinds) }

func (d *Desk) once(ctx context.Context, kinds []queue.Kind) bool {
	job, ok, err := d.club.Queue.Take(ctx, kinds)
	if err != nil || !ok {
		d.complain(ctx, "take a job", err)
		return false
	}
	d.rouse(job.Kind) // where one is due there may be more, for another worker
	err = d.do(ctx, job)
	if until, ok := queue.Until(err); ok {
		d.complain(ctx, "let a job wait", d.club.Queue.PutOff(context.WithoutCancel(ctx), job, until))
		return true
	}
	if err != nil {
		d.log.WarnContext(ctx, "a job failed", "kind", job.Kind.String(), "job", job.ID, "attempt", job.Attempts, "error", err)
		d.complain(ctx, "put a job off", d.club.Queue.Fail(context.WithoutCancel(ctx), job, err))
		return true
	}
	d.complain(ctx, "finish a job", d.club.Queue.Finish(context.WithoutCancel(ctx), job))
	return true
}

// do runs the job within its time. A panic is one job's failure, and not the end of the others.
func (d *Desk) do(ctx context.Context, job queue.Job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	ctx, stop := context.WithTimeout(ctx, jobWithin)
	defer stop()
	return d.declared.jobs[job.Kind].do(d, ctx, job)
}

// complain writes an error of ours in the log, once; while ctx ends there are none worth it.
func (d *Desk) complain(ctx context.Context, what string, err error) {
	if err != nil && ctx.Err() == nil {
		d.log.ErrorContext(ctx, what, "error", err)
	}
}
