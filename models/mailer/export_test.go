package mailer

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"

	smtp "github.com/wneessen/go-mail"
)

// Elsewhere lets a mailer reach its server at another address, as if a name led there, and believe whom
// the pool vouches for. How it is encrypted stays as it is.
func (m *Mailer) Elsewhere(at string, pool *x509.CertPool) {
	believes := &tls.Config{RootCAs: pool, ServerName: m.server, MinVersion: tls.VersionTLS12}
	m.opts = append(m.opts, smtp.WithTLSConfig(believes), smtp.WithDialContextFunc(func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, at)
	}))
}
