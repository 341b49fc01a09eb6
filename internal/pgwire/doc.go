// Package pgwire reads PostgreSQL's protocol (version 3) as it passes between a client and a server. It changes nothing:
// a [Stream] is given copies of what is sent and received, and calls a [Handler] for each execution of a statement, with
// the rows of its result.
//
//	s := pgwire.New(handler)
//	s.Sent(b)     // before the bytes are written
//	s.Received(b) // after they were read
//
// # What it follows
//
// A server processes requests in their order, so that a Stream keeps the requests that are pending. A client that has a
// prepared statement described once need not ask for the columns again: a Stream remembers them with the statement. Both
// protocols are read, the simple one and the extended one with its pipelines. The contents of COPY are skipped.
//
// # Limits
//
// Time is linear in the bytes, and memory is bounded whatever the bytes are; limits.go has the bounds. Of a message that
// arrives in pieces the first 64 KiB are read. When something does not fit the protocol, the Stream calls Handler.Lost and
// ignores the connection from then on.
package pgwire
