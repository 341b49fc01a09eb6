package app

import "net/http"

// Case is one tip as it looks in a handler: a request that ignores it, and one that follows it.
type Case struct {
	Tip   int    // 1 to 13
	Title string // what the bad handler does, in a few words
	Rule  string // the rule that reports the bad handler; empty where there is nothing to report
	Bad   Request
	Good  Request
}

// Request is what to send to the handler of [New].
type Request struct {
	Method string
	Path   string // with its query
	Body   string // JSON, or empty
}

// Cases lists every case in the order of the tips. A tip may have several. The first one is a page
// without a problem, there to be profiled, and its two requests are the same.
func Cases() []Case {
	return []Case{
		{Tip: 1, Title: "measure a page before changing it",
			Bad: get("/home"), Good: get("/home")},

		{Tip: 2, Title: "a setting read again for each row", Rule: "duplicate-query",
			Bad: get("/bad/archive"), Good: get("/good/archive")},
		{Tip: 2, Title: "two helpers that load the same post", Rule: "duplicate-query",
			Bad: get("/bad/posts/41"), Good: get("/good/posts/41")},

		{Tip: 3, Title: "sign-in and page that load the same person", Rule: "duplicate-query",
			Bad: get("/bad/account?as=7"), Good: get("/good/account?as=7")},

		{Tip: 4, Title: "the author of each post", Rule: "n-plus-one",
			Bad: get("/bad/feed"), Good: get("/good/feed")},
		{Tip: 4, Title: "the post of each comment, through a prepared statement", Rule: "n-plus-one",
			Bad: get("/bad/discussion"), Good: get("/good/discussion")},

		{Tip: 5, Title: "the comments of each post, inside the rows of the posts", Rule: "n-plus-one",
			Bad: get("/bad/threads"), Good: get("/good/threads")},
		{Tip: 5, Title: "the tags of each post, many-to-many", Rule: "n-plus-one",
			Bad: get("/bad/tagged"), Good: get("/good/tagged")},
		{Tip: 5, Title: "a tree walked with a query for each node", Rule: "recursive-query",
			Bad: get("/bad/categories"), Good: get("/good/categories")},

		{Tip: 6, Title: "a whole table in memory", Rule: "unbounded-result",
			Bad: get("/bad/visits"), Good: get("/good/visits")},

		{Tip: 7, Title: "a counter read, raised and written back", Rule: "read-modify-write",
			Bad:  send("POST", "/bad/posts/11/views", ""),
			Good: send("POST", "/good/posts/13/views", "")},
		{Tip: 7, Title: "a sum made from rows", Rule: "aggregate-in-app",
			Bad: get("/bad/people/7/likes"), Good: get("/good/people/7/likes")},
		{Tip: 7, Title: "rows dropped after they are read", Rule: "filter-in-app",
			Bad: get("/bad/drafts"), Good: get("/good/drafts")},

		{Tip: 8, Title: "SELECT * for a list of names", Rule: "unused-columns",
			Bad: get("/bad/people"), Good: get("/good/people")},

		{Tip: 9, Title: "long texts loaded for a list of titles", Rule: "unused-columns",
			Bad: get("/bad/titles"), Good: get("/good/titles")},

		{Tip: 10, Title: "rows loaded to take their len", Rule: "fetch-to-count",
			Bad: get("/bad/posts/41/comments/count"), Good: get("/good/posts/41/comments/count")},
		{Tip: 10, Title: "rows stepped through to count them", Rule: "fetch-to-count",
			Bad: get("/bad/tags/3/posts/count"), Good: get("/good/tags/3/posts/count")},
		{Tip: 10, Title: "rows loaded to see that there is one", Rule: "fetch-to-exist",
			Bad: get("/bad/people/7/active"), Good: get("/good/people/7/active")},

		{Tip: 11, Title: "an INSERT for each comment", Rule: "row-by-row-insert",
			Bad:  send("PUT", "/bad/posts/1/comments", importBody),
			Good: send("PUT", "/good/posts/2/comments", importBody)},
		{Tip: 11, Title: "an UPDATE for each job, in one transaction", Rule: "row-by-row-update",
			Bad:  send("POST", "/bad/queues/mail/postpone", postponeBody),
			Good: send("POST", "/good/queues/search/postpone", postponeBody)},
		{Tip: 11, Title: "a DELETE for each job", Rule: "row-by-row-delete",
			Bad:  send("PUT", "/bad/queues/digest/jobs", scheduleBody),
			Good: send("PUT", "/good/queues/export/jobs", scheduleBody)},

		{Tip: 12, Title: "an INSERT for each tag of a post, prepared", Rule: "row-by-row-insert",
			Bad:  send("PUT", "/bad/posts/3/tags", tagsBody),
			Good: send("PUT", "/good/posts/4/tags", tagsBody)},

		{Tip: 13, Title: "an author loaded for the id that the post holds", Rule: "redundant-key-lookup",
			Bad: get("/bad/posts/41/author"), Good: get("/good/posts/41/author")},
		{Tip: 13, Title: "an owner looked up for a post that is loaded", Rule: "redundant-key-lookup",
			Bad: get("/bad/posts/41/rights?as=7"), Good: get("/good/posts/41/rights?as=7")},
	}
}

// The bodies of the requests that write.
const (
	importBody = `[
		{"author_id": 9, "body": "Read it twice."}, {"author_id": 4, "body": "Thank you."},
		{"author_id": 16, "body": "I disagree."}, {"author_id": 9, "body": "Still do?"},
		{"author_id": 2, "body": "See the next part."}, {"author_id": 18, "body": "Where is it?"},
		{"author_id": 5, "body": "On Monday."}, {"author_id": 11, "body": "Looking forward to it."}]`
	postponeBody = `{"until": "2024-06-01T06:30:00Z"}`
	scheduleBody = `[
		{"task": "collect", "run_at": "2024-06-02T01:00:00Z"}, {"task": "sort", "run_at": "2024-06-02T01:10:00Z"},
		{"task": "render", "run_at": "2024-06-02T01:20:00Z"}, {"task": "send", "run_at": "2024-06-02T01:30:00Z"},
		{"task": "archive", "run_at": "2024-06-02T01:40:00Z"}, {"task": "report", "run_at": "2024-06-02T01:50:00Z"}]`
	tagsBody = `["history", "deep-dive", "essay", "series", "interview", "review"]`
)

func get(path string) Request { return Request{Method: http.MethodGet, Path: path} }

func send(method, path, body string) Request { return Request{Method: method, Path: path, Body: body} }
