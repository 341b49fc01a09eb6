package net

import "internal"

// A nplusWire follows a connection to PostgreSQL.
type nplusWire struct{ internal.Wire }

// nplusSent records what is about to be written.
func (fd *netFD) nplusSent(b []byte) {
	fd.nplus.Sent(b, func() string {
		if fd.raddr == nil {
			return ""
		}
		return fd.raddr.Network() + fd.raddr.String()
	})
}
