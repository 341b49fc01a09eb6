package pgwire

// ofServer reads a message of the server.
func (s *Stream) ofServer(m message) {
	switch m.kind {
	case 'D':
		s.row(m)
	case 'C', 'I', 's':
		s.complete(m.kind == 'I')
	case '1', '2', '3':
		s.acknowledged(m.kind)
	case 't':
		if req := s.requests.head(); req != nil && req.kind == 'D' && m.whole {
			req.st.described(m.body)
		}
	case 'T', 'n':
		s.described(m)
	case 'E':
		s.failed()
	case 'Z':
		if len(m.body) > 0 {
			s.status = m.body[0]
		}
		s.ready()
	case 'W':
		s.Stop() // replication
	case 'd', 'c', 'N', 'A', 'S', 'R', 'K', 'G', 'H', 'v', 'V':
	default:
		s.lose("a message of the server has an unknown type")
	}
}

// acknowledged reads that a Parse, a Bind or a Close is complete.
func (s *Stream) acknowledged(kind byte) {
	req := s.requests.head()
	if req == nil {
		s.columns = nil // of a request that was sent past Sent
		return
	}
	if want := "PBC"[kind-'1']; req.kind != want {
		s.lose("the server completes a request that was not sent")
		return
	}
	if kind == '2' {
		s.columns = req.st.in(&req.formats)
	}
	s.requests.pop()
}

// described keeps the types of the parameters.
func (st *statement) described(body []byte) {
	if st == nil {
		return
	}
	r := reader{b: body}
	st.params = st.params[:0:0]
	for n := min(r.int16(), maxParameters); n > 0 && !r.short; n-- {
		st.params = append(st.params, r.int32())
	}
}

// in returns the columns of the statement in the formats that a Bind asks for; nil if they are not known.
func (st *statement) in(f *formats) *Columns {
	if st == nil || st.columns == nil || f.n > 1 && f.n != st.columns.Len() {
		return nil
	}
	want := formats{n: st.columns.Len()}
	for i := range want.n {
		if f.binary(i) {
			want.bit[i/64] |= 1 << (i % 64)
		}
	}
	if st.bound == nil || st.bound.formats != want {
		st.bound = st.columns.with(&want)
	}
	return st.bound
}

// described reads the columns of a result.
func (s *Stream) described(m message) {
	c := none
	if m.kind == 'T' {
		c = nil
		if m.whole {
			c = s.layouts.read(m.body)
		}
	}
	req := s.requests.head()
	switch {
	case req == nil, req.kind == 'd':
		s.columns = c
	case req.kind == 'D':
		if req.st != nil {
			req.st.columns, req.st.bound = c, nil
		}
	case req.kind == 'Q' && m.kind == 'T':
		s.columns = c
		return // the request goes on
	default:
		s.lose("the server describes what was not asked for")
		return
	}
	if req != nil {
		s.requests.pop()
	}
}

// executing returns what the server executes; nil after the connection was given up.
func (s *Stream) executing() *Execution {
	req := s.requests.head()
	switch {
	case req == nil:
		if s.unseen == nil {
			s.unseen = s.execution()
		}
		return s.unseen
	case req.kind == 'E', req.kind == 'Q':
		return req.x
	}
	s.lose("the server returns a result that was not asked for")
	return nil
}

// result begins a result of x, if it has not begun.
func (s *Stream) result(x *Execution) {
	if x.begun {
		return
	}
	x.begun, x.Rows, x.columns = true, 0, s.columns
	x.wanted = s.h.Result(x, x.columns)
	s.server.skipRows = !x.wanted
}

func (s *Stream) row(m message) {
	x := s.executing()
	if x == nil {
		return
	}
	s.result(x)
	x.Rows++
	if x.wanted && !s.off {
		s.h.Row(x, Row{columns: x.columns, body: m.body})
	}
}

// complete ends a result. empty says that the text had no statement.
func (s *Stream) complete(empty bool) {
	x := s.executing()
	if x == nil {
		return
	}
	x.Empty = empty
	if !x.begun && (x.Simple || !x.Seen) && s.columns == nil {
		s.columns = none // a result with rows is described before
	}
	s.result(x)
	s.server.skipRows = false
	s.h.Done(x)
	if s.off {
		return
	}
	x.begun, x.wanted, x.columns, s.columns = false, false, nil, nil
	if req := s.requests.head(); req != nil && req.kind == 'E' {
		s.requests.pop()
		s.release(x)
	} else if req == nil {
		s.release(x)
		s.unseen = nil
	}
}

// failed reads an error. The server skips what follows up to the next Sync.
func (s *Stream) failed() {
	s.server.skipRows = false
	s.columns = nil
	if s.requests.n == 0 {
		if x := s.unseen; x != nil {
			s.h.Failed(x)
			s.release(x)
			s.unseen = nil
		}
		return
	}
	first := true
	for req := s.requests.head(); req != nil && !s.off; req = s.requests.head() {
		switch req.kind {
		case 'Q':
			s.h.Failed(req.x)
			return
		case 'S', 'F':
			return
		case 'E':
			if x := req.x; first {
				s.h.Failed(x)
				first = false
			}
			s.release(req.x)
		}
		s.requests.pop()
	}
}

// ready reads that the server waits for requests: nothing before a Sync or a Query is pending.
func (s *Stream) ready() {
	s.columns, s.server.skipRows = nil, false
	for req := s.requests.head(); req != nil; req = s.requests.head() {
		kind, x := req.kind, req.x
		s.requests.pop()
		if x != nil {
			s.release(x)
		}
		if kind == 'S' || kind == 'Q' || kind == 'F' {
			return
		}
	}
}
