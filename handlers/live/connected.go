package live

// Connected reports whether a member has a page open here, so that nothing is looked up in vain
// before a TellMember.
func (h *Hub) Connected(member int64) bool { return len(h.connsOf(member)) > 0 }
