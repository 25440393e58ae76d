package views

import "time"

// BlockedAddress is where a member lists whom they block.
const BlockedAddress = "/settings/blocked"

// BlockedPage is whom a member blocks.
type BlockedPage struct {
	Blocks []Blocked // the latest first
	Next   string    // cursor of earlier ones
	Later  bool      // not the first of them
}

// Blocked is one of them.
type Blocked struct {
	Person Person
	Since  time.Time
}

// Head names the page.
func (p BlockedPage) Head() Head { return SettingsHead("Blocked") }
