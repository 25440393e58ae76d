package main

import (
	"fmt"

	"github.com/prometheus/procfs"
)

// usage is what the processes of a server have used up to a moment.
type usage struct {
	server, database float64 // seconds of processor, user and system
	memory           int     // resident bytes of the server
}

// usage reads what is used up by now; without a process to look at it is all zero.
func (t *target) usage() (u usage, err error) {
	if t.PID != 0 {
		if u.server, u.memory, err = processOf(t.PID); err != nil {
			return u, err
		}
	}
	if t.DBPID != 0 {
		u.database, err = familyOf(t.DBPID)
	}
	return u, err
}

func processOf(pid int) (seconds float64, resident int, err error) {
	p, err := procfs.NewProc(pid)
	if err != nil {
		return 0, 0, fmt.Errorf("process %d: %w", pid, err)
	}
	stat, err := p.Stat()
	return stat.CPUTime(), stat.ResidentMemory(), err
}

// familyOf is what a process and its children have spent, with those children that ended.
func familyOf(pid int) (seconds float64, err error) {
	all, err := procfs.AllProcs()
	if err != nil {
		return 0, err
	}
	for _, p := range all {
		stat, err := p.Stat()
		switch {
		case err != nil: // it ended meanwhile, and its parent has its time
		case stat.PID == pid:
			seconds += stat.CPUTime() + float64(stat.CUTime+stat.CSTime)/ticks
		case stat.PPID == pid:
			seconds += stat.CPUTime()
		}
	}
	return seconds, nil
}

// ticks are what the kernel counts processor time in: hundredths of a second, on every Linux.
const ticks = 100
