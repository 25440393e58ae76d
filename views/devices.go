package views

import (
	"guildhall/models/id"
	"guildhall/models/notify"
)

// DevicesAddress is where a member chooses the browsers by which they are told.
const DevicesAddress = "/settings/devices"

// DevicesPage lists the browsers by which a member is told.
type DevicesPage struct {
	Devices []notify.Device
	Key     string // of the club, as browsers want it
	This    id.ID  // the login session that looks
	Faults  Faults
}

// Head names the page.
func (p DevicesPage) Head() Head { return SettingsHead("Devices") }

// OfflineHead names the page that is shown without a connection.
func OfflineHead() Head { return Head{Title: "You are offline"} }
