// Package natsbox is a NATS server for tests, which they may stop and start again.
package natsbox

import (
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// Box is a server at one address of this machine.
type Box struct {
	URL  string
	port int

	t      testing.TB
	server *server.Server

	mu   sync.Mutex
	said strings.Builder
}

// patience is how long a server may take to come up on whatever machine.
const patience = time.Minute

// Open starts one, which goes with the test.
func Open(t testing.TB) *Box {
	t.Helper()
	b := &Box{t: t, port: server.RANDOM_PORT}
	b.Start()
	t.Cleanup(b.Stop)
	return b
}

// Start starts the server again, at the address that it had.
func (b *Box) Start() {
	b.t.Helper()
	s, err := server.NewServer(&server.Options{Host: "127.0.0.1", Port: b.port, NoSigs: true, NoLog: true})
	if err != nil {
		b.t.Fatal(err)
	}
	go s.Start()
	if !s.ReadyForConnections(patience) {
		b.t.Fatal("the bus does not start")
	}
	b.server, b.port = s, s.Addr().(*net.TCPAddr).Port
	b.URL = fmt.Sprintf("nats://127.0.0.1:%d", b.port)
}

// Stop cuts everybody off.
func (b *Box) Stop() {
	if b.server != nil {
		b.server.Shutdown()
		b.server.WaitForShutdown()
		b.server = nil
	}
}

// Clients is how many are connected, the ear of Listen among them.
func (b *Box) Clients() int {
	if b.server == nil {
		return 0
	}
	return b.server.NumClients()
}

// Listen keeps all that is said from now on, until the server stops.
func (b *Box) Listen() {
	b.t.Helper()
	ear, err := nats.Connect(b.URL)
	if err == nil {
		b.t.Cleanup(ear.Close)
		_, err = ear.Subscribe(">", func(m *nats.Msg) {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.said.WriteString(m.Subject + " ")
			b.said.Write(m.Data)
			b.said.WriteString("\n")
		})
	}
	if err == nil {
		err = ear.Flush()
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

// Said is what was heard.
func (b *Box) Said() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.said.String()
}
