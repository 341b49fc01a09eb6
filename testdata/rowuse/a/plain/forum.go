package plain

import (
	"context"
	"database/sql"
	"html/template"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

type forumPost struct {
	ID      int64
	Author  string
	Text    string
	Created time.Time
}

type forumRepo interface {
	PostsOf(ctx context.Context, thread int64) ([]*forumPost, error)
}

type sqlForumRepo struct{ db *sql.DB }

func (r sqlForumRepo) PostsOf(ctx context.Context, thread int64) ([]*forumPost, error) {
	rows, err := r.db.QueryContext(ctx, "SELECT id, author, text, created FROM posts WHERE thread_id = ? ORDER BY created, id", thread)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	posts := make([]*forumPost, 0, 16)
	for rows.Next() {
		p := new(forumPost)
		if err := rows.Scan(&p.ID, &p.Author, &p.Text, &p.Created); err != nil {
			return nil, err
		}
		posts = append(posts, p)
	}
	return posts, rows.Err()
}

var threadPage = template.Must(template.New("thread").Parse(`<h1>{{len .Posts}} replies</h1>
{{range .Posts}}<article id="p{{.ID}}"><b>{{.Author}}</b> <time>{{.Created.Format "2006-01-02"}}</time><p>{{.Text}}</p></article>
{{end}}`))

type forumWeb struct{ repo forumRepo }

func (f *forumWeb) showThread(w http.ResponseWriter, r *http.Request) {
	posts, err := f.repo.PostsOf(r.Context(), 4)
	if err != nil {
		http.Error(w, err.Error(), 500)
		return
	}
	if err := threadPage.Execute(w, struct{ Posts []*forumPost }{posts}); err != nil {
		http.Error(w, err.Error(), 500)
	}
}

var forumThread = rowuse.Case{
	Name:   "thread page prints the posts and their number",
	Why:    "The number is a len of the rows that the template prints in full.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE posts (id INTEGER PRIMARY KEY, thread_id INTEGER NOT NULL, author TEXT NOT NULL, text TEXT NOT NULL, created DATETIME NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60) INSERT INTO posts SELECT i, i % 5, 'user' || (i % 9), 'text of ' || i, '2023-01-02 03:04:05' FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		web := &forumWeb{repo: sqlForumRepo{db}}
		rec := httptest.NewRecorder()
		web.showThread(rec, httptest.NewRequest("GET", "/t/4", nil).WithContext(ctx))
		Sink = rec.Body.String()
		return statusErr(rec)
	},
}
