package views

import "guildhall/models/forum"

// followLevel is one of the levels at which something can be followed.
type followLevel struct {
	Level forum.Level
	Icon  string
	Name  string
	Words string
}

var followLevels = []followLevel{
	{forum.Watching, "eye", "Watching", "You are told of every post, and new ones are counted."},
	{forum.Tracking, "bell", "Tracking", "New posts are counted. You are told when you are mentioned or answered."},
	{forum.Normal, "circle", "Normal", "You are told when you are mentioned or answered."},
	{forum.Muted, "eyeoff", "Muted", "It leaves your lists and counts, and you are told nothing of it but by name."},
}

func followAt(level forum.Level) followLevel {
	for _, l := range followLevels {
		if l.Level == level {
			return l
		}
	}
	return followLevels[2]
}
