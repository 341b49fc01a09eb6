package app

import (
	"database/sql"
	"net/http"
)

// service is what all handlers share.
type service struct {
	db    *sql.DB
	store *store
}

// New is the application on a database that [Seed] has filled.
func New(db *sql.DB) http.Handler {
	s := &service{db: db, store: &store{db: db}}
	mux := http.NewServeMux()
	handle := func(pattern string, h handler) { mux.Handle(pattern, h) }

	handle("GET /home", s.home)

	handle("GET /bad/archive", s.badArchive)
	handle("GET /good/archive", s.goodArchive)
	handle("GET /bad/posts/{post}", s.badPost)
	handle("GET /good/posts/{post}", s.goodPost)
	handle("GET /bad/account", s.badAccount)
	handle("GET /good/account", s.goodAccount)

	handle("GET /bad/feed", s.badFeed)
	handle("GET /good/feed", s.goodFeed)
	handle("GET /bad/discussion", s.badDiscussion)
	handle("GET /good/discussion", s.goodDiscussion)
	handle("GET /bad/threads", s.badThreads)
	handle("GET /good/threads", s.goodThreads)
	handle("GET /bad/tagged", s.badTagged)
	handle("GET /good/tagged", s.goodTagged)
	handle("GET /bad/categories", s.badCategories)
	handle("GET /good/categories", s.goodCategories)

	handle("GET /bad/visits", s.badVisits)
	handle("GET /good/visits", s.goodVisits)
	handle("POST /bad/posts/{post}/views", s.badView)
	handle("POST /good/posts/{post}/views", s.goodView)
	handle("GET /bad/people/{person}/likes", s.badLikes)
	handle("GET /good/people/{person}/likes", s.goodLikes)
	handle("GET /bad/drafts", s.badDrafts)
	handle("GET /good/drafts", s.goodDrafts)

	handle("GET /bad/people", s.badPeople)
	handle("GET /good/people", s.goodPeople)
	handle("GET /bad/titles", s.badTitles)
	handle("GET /good/titles", s.goodTitles)
	handle("GET /bad/posts/{post}/comments/count", s.badCommentCount)
	handle("GET /good/posts/{post}/comments/count", s.goodCommentCount)
	handle("GET /bad/tags/{tag}/posts/count", s.badTagCount)
	handle("GET /good/tags/{tag}/posts/count", s.goodTagCount)
	handle("GET /bad/people/{person}/active", s.badActive)
	handle("GET /good/people/{person}/active", s.goodActive)

	handle("PUT /bad/posts/{post}/comments", s.badImport)
	handle("PUT /good/posts/{post}/comments", s.goodImport)
	handle("POST /bad/queues/{queue}/postpone", s.badPostpone)
	handle("POST /good/queues/{queue}/postpone", s.goodPostpone)
	handle("PUT /bad/queues/{queue}/jobs", s.badSchedule)
	handle("PUT /good/queues/{queue}/jobs", s.goodSchedule)
	handle("PUT /bad/posts/{post}/tags", s.badRetag)
	handle("PUT /good/posts/{post}/tags", s.goodRetag)

	handle("GET /bad/posts/{post}/author", s.badAuthorLink)
	handle("GET /good/posts/{post}/author", s.goodAuthorLink)
	handle("GET /bad/posts/{post}/rights", s.badRights)
	handle("GET /good/posts/{post}/rights", s.goodRights)

	return mux
}
