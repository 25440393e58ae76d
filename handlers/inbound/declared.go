package inbound

import (
	"guildhall/handlers/ways"
	"guildhall/models/notify"
)

// Ways lists what the listener takes mail for: it is a way in like any other.
func Ways() []ways.Way {
	line := func(way notify.Way) ways.Way {
		return ways.Way{Kind: ways.Listener, Name: string(way) + "-{key}@", Gate: "whoever holds the key", Rate: "write", Body: mostBytes, Surface: "mail-in"}
	}
	return []ways.Way{line(notify.ForReplies), line(notify.ForBounces)}
}
