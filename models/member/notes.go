package member

import (
	"sync"

	"guildhall/models/id"
)

// notes are what is being written down beside the requests that it is about: one for each key.
type notes struct {
	mu    sync.Mutex
	being map[id.ID]bool
	all   sync.WaitGroup
}

// begin tells whether nobody is writing about key; end says that it is done.
func (n *notes) begin(key id.ID) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.being[key] {
		return false
	}
	if n.being == nil {
		n.being = map[id.ID]bool{}
	}
	n.being[key] = true
	n.all.Add(1)
	return true
}

func (n *notes) end(key id.ID) {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.being, key)
	n.all.Done()
}

func (n *notes) wait() { n.all.Wait() }
