package leaks_test

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"os/exec"
	"strings"

	"guildhall/models/clubtest"
)

// outside looks at what leaves by other ways than pages and sockets: letters, figures, the log, what
// commands print, and the way out itself.
func (m *matrix) outside() {
	m.leaves()
	anonymous := m.people["anonymous"]
	anonymous.post(m.t, "/sign-in/link", "email", "somebody@example.org", "return", "/")
	var letters bytes.Buffer
	for _, l := range m.box.Wait(m.t.Context(), 1) {
		fmt.Fprintln(&letters, l.To, l.Header, l.Text, l.HTML)
	}
	m.came("mail-link", letters.Bytes(), "/sign-in/link/")
	m.came("mail-in", m.answers(), "250 ")

	figures := clubtest.Must(http.Get("http://" + m.metrics + "/metrics"))(m.t)
	body := clubtest.Must(io.ReadAll(figures.Body))(m.t)
	clubtest.OK(m.t, figures.Body.Close())
	m.came("metrics", body, "go_goroutines")

	said := m.p.Said.String()
	m.came("log", []byte(said), `"msg":"answered"`)
	m.came("terminal-link", []byte(said), "/setup/")
	for _, command := range []string{"doctor", "routes"} {
		run := exec.Command(m.p.Path, command)
		run.Env, run.Dir = m.p.Env, m.p.Dir
		m.came("terminal", clubtest.Must(run.CombinedOutput())(m.t), map[string]string{"doctor": "database", "routes": "GET"}[command])
	}
}

// came searches what came out by a way for everybody who is out: nothing of any gated space is for
// any of them.
func (m *matrix) came(surface string, body []byte, says string) {
	for _, k := range gated {
		for _, p := range parts {
			m.walked[cell{surface, p.name, k}]++
		}
		if strings.Contains(string(body), says) {
			m.sees(surface, k)
		}
		if found := m.finders[k].find(body); found != "" {
			m.finds(&m.leaks, "%s leaves by the way of another (%s): %s", k, surface, found)
		}
	}
}

// leaves signs somebody out who was in, and looks at what they are shown then.
func (m *matrix) leaves() {
	mia := m.people["mia"]
	kept := maps.Clone(mia.jar)
	mia.post(m.t, "/sign-out")
	mia.jar = kept // a browser that keeps its cookie all the same is let in by it no more
	var after bytes.Buffer
	for _, k := range gated {
		for _, path := range []string{"/", m.houses[k].at(), m.houses[k].thread(), m.houses[k].at() + "/chat"} {
			after.Write(asked.ReplaceAll(mia.get(m.t, path).bytes(), nil))
		}
	}
	m.came("sign-out", after.Bytes(), "Sign in")
}

// answers is all that is said to a mail server that brings a mail for addresses that it guessed.
func (m *matrix) answers() []byte {
	m.t.Helper()
	conn := clubtest.Must(net.Dial("tcp", m.returns))(m.t)
	clubtest.Must(fmt.Fprintf(conn, "EHLO mx.example\r\nMAIL FROM:<eve@example.net>\r\nRCPT TO:<reply-%[1]s@club.example>\r\nRCPT TO:<bounce-%[1]s@club.example>\r\nVRFY mel\r\nDATA\r\n", strings.Repeat("a", 26)))(m.t)
	clubtest.Must(io.WriteString(conn, "From: eve@example.net\r\nMessage-ID: <1@mx.example>\r\n\r\nWhat is new?\r\n.\r\nQUIT\r\n"))(m.t)
	said := clubtest.Must(io.ReadAll(conn))(m.t)
	clubtest.OK(m.t, conn.Close())
	return said
}
