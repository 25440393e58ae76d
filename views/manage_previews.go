package views

import "guildhall/models/preview"

// ManagePreviewsAddress is where owners decide of link previews.
const ManagePreviewsAddress = "/manage/previews"

// PreviewsPage is where owners decide of which pages outside cards are made.
type PreviewsPage struct {
	Rules  preview.Rules // as it was typed, when it was refused
	Faults Faults
}

// Head names the page.
func (p PreviewsPage) Head() Head { return managed("Link previews", ManagePreviewsAddress) }
