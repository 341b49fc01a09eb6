package tls

import "internal"

// A nplusWire follows a connection to PostgreSQL.
type nplusWire struct{ internal.Wire }

// nplusSent records what is about to be encrypted and written.
func (c *Conn) nplusSent(b []byte) {
	c.nplus.Sent(b, func() string {
		if a := c.conn.RemoteAddr(); a != nil {
			return a.Network() + a.String()
		}
		return ""
	})
}
