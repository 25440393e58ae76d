package views

// drops is where a card is taken from what stands at root, for whoever may.
func (m Mine) drops(root string) string {
	if m.Edit || m.Remove {
		return root + "/preview"
	}
	return ""
}
