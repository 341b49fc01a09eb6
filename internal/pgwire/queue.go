package pgwire

// A queue has the requests that are pending, in their order. The zero value is empty.
type queue struct {
	ring  []request // its length is a power of two
	first int
	n     int
}

// push adds a request, and reports whether there is room.
func (q *queue) push(r request) bool {
	if q.n == maxRequests {
		return false
	}
	if q.n == len(q.ring) {
		ring := make([]request, max(16, 2*len(q.ring)))
		for i := range q.n {
			ring[i] = *q.at(i)
		}
		q.ring, q.first = ring, 0
	}
	q.n++
	*q.at(q.n - 1) = r
	return true
}

// at returns a request, counted from the oldest.
func (q *queue) at(i int) *request { return &q.ring[(q.first+i)&(len(q.ring)-1)] }

// head returns the oldest request; nil if there is none. It is valid until the next call of pop or push.
func (q *queue) head() *request {
	if q.n == 0 {
		return nil
	}
	return q.at(0)
}

// pop removes the oldest request.
func (q *queue) pop() {
	*q.at(0) = request{}
	q.first = (q.first + 1) & (len(q.ring) - 1)
	if q.n--; q.n == 0 && len(q.ring) > keptRequests {
		*q = queue{}
	}
}
