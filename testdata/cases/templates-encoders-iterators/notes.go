// Package notes has no loop of the caller around the statement. A template, a generated template, an encoder, a
// sort or an iterator calls a method that runs it. Each is an n-plus-one.
//
// Related issues: go-gitea/gitea#3367.
package notes

import (
	"context"
	"database/sql"
	"encoding/json"
	"html/template"
	"io"
	"iter"
	"slices"
)

type Note struct {
	ctx      context.Context
	db       *sql.DB
	ID       int64
	PosterID int64
}

func (n *Note) Poster() (name string, err error) {
	err = n.db.QueryRowContext(n.ctx, "SELECT name FROM people WHERE id = ?", n.PosterID).Scan(&name) // callPoster
	return
}

func (n *Note) MarshalJSON() ([]byte, error) {
	name, err := n.Poster() // callMarshal
	if err != nil {
		return nil, err
	}
	return json.Marshal(map[string]any{"id": n.ID, "poster": name})
}

func notes(ctx context.Context, db *sql.DB) (out []*Note, err error) {
	rows, err := db.QueryContext(ctx, "SELECT id, poster_id FROM notes ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		n := &Note{ctx: ctx, db: db}
		if err := rows.Scan(&n.ID, &n.PosterID); err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, rows.Err()
}

var page = template.Must(template.New("page").Parse(`{{define "note"}}<li>{{.ID}} {{.Poster}}</li>{{end}}<ul>{{range .}}{{template "note" .}}{{end}}</ul>`))

func HTML(ctx context.Context, db *sql.DB, w io.Writer) error {
	ns, err := notes(ctx, db)
	if err != nil {
		return err
	}
	return page.Execute(w, ns) // callHTML
}

func Generated(ctx context.Context, db *sql.DB, w io.Writer) error {
	ns, err := notes(ctx, db)
	if err != nil {
		return err
	}
	return list(ns).Render(ctx, w) // callGenerated
}

func JSON(ctx context.Context, db *sql.DB, w io.Writer) error {
	ns, err := notes(ctx, db)
	if err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(ns) // callJSON
}

func Sorted(ctx context.Context, db *sql.DB, w io.Writer) error {
	ns, err := notes(ctx, db)
	if err != nil {
		return err
	}
	slices.SortFunc(ns, func(a, b *Note) int { // callSorted
		x, _ := a.Poster()
		y, _ := b.Poster()
		if x < y {
			return -1
		}
		return 1
	})
	return nil
}

// each yields the ids of notes with the names of their posters.
func each(ctx context.Context, db *sql.DB) iter.Seq2[int64, string] {
	return func(yield func(int64, string) bool) {
		ns, _ := notes(ctx, db)
		for _, n := range ns { // loopEach
			name, _ := n.Poster()
			if !yield(n.ID, name) {
				return
			}
		}
	}
}

func Iterated(ctx context.Context, db *sql.DB, w io.Writer) error {
	for _, name := range each(ctx, db) { // loopIterated
		io.WriteString(w, name)
	}
	return nil
}

// all yields notes while its rows are open. Its caller runs the queries.
func all(ctx context.Context, db *sql.DB) iter.Seq[*Note] {
	return func(yield func(*Note) bool) {
		rows, err := db.QueryContext(ctx, "SELECT id, poster_id FROM notes ORDER BY id")
		if err != nil {
			return
		}
		defer rows.Close()
		for rows.Next() {
			n := &Note{ctx: ctx, db: db}
			if rows.Scan(&n.ID, &n.PosterID) != nil || !yield(n) {
				return
			}
		}
	}
}

func Pulled(ctx context.Context, db *sql.DB, w io.Writer) error {
	next, stop := iter.Pull(all(ctx, db))
	defer stop()
	for { // loopPulled
		n, ok := next()
		if !ok {
			return nil
		}
		name, err := n.Poster()
		if err != nil {
			return err
		}
		io.WriteString(w, name)
	}
}

func Ranged(ctx context.Context, db *sql.DB, w io.Writer) error {
	for n := range all(ctx, db) { // loopRanged
		name, err := n.Poster()
		if err != nil {
			return err
		}
		io.WriteString(w, name)
	}
	return nil
}
