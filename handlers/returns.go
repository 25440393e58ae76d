package handlers

import (
	"crypto/tls"
	"fmt"
	"net"
	"net/url"
	"strings"

	"guildhall/models/id"
)

// Returns says where the mail comes in that goes back to letters: answers, and word of those that did
// not arrive. Without an address none is taken.
type Returns struct {
	InboundAddr   string `env:"GUILDHALL_INBOUND_ADDR" about:"Where answers to mails and bounces come in by SMTP: host and port, such as :25. Without it none are taken."`
	InboundDomain string `env:"GUILDHALL_INBOUND_DOMAIN" about:"The domain whose mail is sent there (its MX record); the host of the base URL if empty."`
	InboundCert   string `env:"GUILDHALL_INBOUND_CERT" about:"A file with the certificate for STARTTLS there, as PEM."`
	InboundKey    string `env:"GUILDHALL_INBOUND_KEY" about:"The file with its private key."`
}

func (r *Returns) check(base *url.URL) error {
	if r.InboundAddr == "" {
		return nil
	}
	if _, _, err := net.SplitHostPort(r.InboundAddr); err != nil {
		return fmt.Errorf("GUILDHALL_INBOUND_ADDR is %q: write a host and a port, such as :25", r.InboundAddr)
	}
	if r.InboundDomain == "" {
		r.InboundDomain = base.Hostname()
	}
	r.InboundDomain = strings.ToLower(r.InboundDomain)
	if strings.ContainsAny(r.InboundDomain, "@ /:") {
		return fmt.Errorf("GUILDHALL_INBOUND_DOMAIN is %q: write a domain, such as club.example.org", r.InboundDomain)
	}
	_, err := r.Certificate()
	return err
}

// Certificate is what the connection is encrypted with; nil where none is set.
func (r *Returns) Certificate() (*tls.Certificate, error) {
	if r.InboundCert == "" && r.InboundKey == "" {
		return nil, nil
	}
	c, err := tls.LoadX509KeyPair(r.InboundCert, r.InboundKey)
	if err != nil {
		return nil, fmt.Errorf("GUILDHALL_INBOUND_CERT and GUILDHALL_INBOUND_KEY cannot be used: %w", err)
	}
	return &c, nil
}

// PaceMail tells whether the member whose answer came by mail may write one thing more now, or whether one
// mail more is taken for the address of that letter: as often as by forms.
func (s *Site) PaceMail(who id.ID) bool {
	_, ok := s.limits.take(counted{rate: Writes, member: who})
	return ok
}
