package views

import "guildhall/models/chat"

// roomLevel is one of the levels at which a room can be followed.
type roomLevel struct {
	Level chat.Level
	Icon  string
	Name  string
	Words string
}

var roomLevels = []roomLevel{
	{chat.All, "bell", "Everything", "Every message is counted. You are told when you are mentioned."},
	{chat.Mentions, "at", "Mentions", "Only what mentions you is counted, and told."},
	{chat.Muted, "eyeoff", "Muted", "Nothing here is counted, and you are told nothing of it."},
}

// levelsOf are those that one can choose in a room: in a direct one all that is said is said to its people.
func levelsOf(r chat.Room) []roomLevel {
	if r.Direct() {
		return []roomLevel{roomLevels[0], roomLevels[2]}
	}
	return roomLevels
}

func levelAt(level chat.Level) roomLevel {
	for _, l := range roomLevels {
		if l.Level == level {
			return l
		}
	}
	return roomLevels[0]
}
