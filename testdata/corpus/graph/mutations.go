package graph

import (
	"context"
	"database/sql"
	"fmt"
)

func (a *api) addTags(ctx context.Context, post int64, tags []string) error {
	for _, tag := range tags { // want loop: row-by-row-insert
		if _, err := a.db.ExecContext(ctx, `INSERT INTO tags (post_id, tag) VALUES (?, ?)`, post, tag); err != nil {
			return err
		}
	}
	return nil
}

func (a *api) reorder(ctx context.Context, ids []int64) error {
	tx, err := a.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	move, err := tx.PrepareContext(ctx, `UPDATE posts SET position = ? WHERE id = ?`)
	if err != nil {
		return err
	}
	defer move.Close()
	for position, id := range ids { // want loop: row-by-row-update
		if _, err := move.ExecContext(ctx, position, id); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// unlikeAll takes back all likes of the viewer.
func (a *api) unlikeAll(ctx context.Context) error {
	rows, err := a.db.QueryContext(ctx, `SELECT post_id FROM likes WHERE member_id = ?`, viewer)
	if err != nil {
		return err
	}
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			rows.Close()
			return err
		}
		ids = append(ids, id)
	}
	rows.Close()
	unlike := func(id int64) error {
		_, err := a.db.ExecContext(ctx, fmt.Sprintf(`DELETE FROM likes WHERE member_id = '%s' AND post_id = %d`, viewer, id))
		return err
	}
	for i := len(ids) - 1; i >= 0; i-- { // want loop: row-by-row-delete
		if err := unlike(ids[i]); err != nil {
			return err
		}
	}
	return nil
}

func (a *api) post(ctx context.Context, id int64) (p post, err error) {
	err = a.db.QueryRowContext(ctx, `SELECT id, author_id, title FROM posts WHERE id = ?`, id).Scan(&p.id, &p.author, &p.title)
	return p, err
}

// retitle changes a post and answers it anew, as mutations do.
func (a *api) retitle(ctx context.Context, id int64, title string) (post, error) {
	if p, err := a.post(ctx, id); err != nil || p.author == "" {
		return p, err
	}
	if _, err := a.db.ExecContext(ctx, `UPDATE posts SET title = ? WHERE id = ?`, title, id); err != nil {
		return post{}, err
	}
	return a.post(ctx, id)
}

// connection is a page of posts and how many there are.
func (a *api) connection(ctx context.Context, first int, after int64) (titles []string, total int, err error) {
	rows, err := a.db.QueryContext(ctx, `SELECT title FROM posts WHERE id > ? ORDER BY id LIMIT ?`, after, first)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var title string
		if err := rows.Scan(&title); err != nil {
			return nil, 0, err
		}
		titles = append(titles, title)
	}
	err = a.db.QueryRowContext(ctx, `SELECT count(*) FROM posts`).Scan(&total)
	return titles, total, err
}

// ahead looks at what the query selects, and joins.
func (a *api) ahead(ctx context.Context) (lines []string, err error) {
	rows, err := a.db.QueryContext(ctx, `SELECT p.title, m.name FROM posts p JOIN members m ON m.id = p.author_id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var title, name string
		if err := rows.Scan(&title, &name); err != nil {
			return nil, err
		}
		lines = append(lines, title+" by "+name)
	}
	return lines, rows.Err()
}

// media loads the members of a union, each kind from its table.
func (a *api) media(ctx context.Context, post int64) (urls []string, err error) {
	rows, err := a.db.QueryContext(ctx, `SELECT kind, ref FROM attachments WHERE post_id = ?`, post)
	if err != nil {
		return nil, err
	}
	refs := map[string][]string{}
	for rows.Next() {
		var kind, ref string
		if err := rows.Scan(&kind, &ref); err != nil {
			rows.Close()
			return nil, err
		}
		refs[kind] = append(refs[kind], ref)
	}
	rows.Close()
	for kind, ids := range refs {
		found, err := a.urls(ctx, kind+"s", ids)
		if err != nil {
			return nil, err
		}
		urls = append(urls, found...)
	}
	return urls, nil
}

func (a *api) urls(ctx context.Context, table string, ids []string) (urls []string, err error) {
	rows, err := a.db.QueryContext(ctx, fmt.Sprintf(`SELECT url FROM %s WHERE id IN %s`, table, marks(len(ids))), anys(ids)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var url string
		if err := rows.Scan(&url); err != nil {
			return nil, err
		}
		urls = append(urls, url)
	}
	return urls, rows.Err()
}

// document finds the query of a hash that a client has sent in its place.
func (a *api) document(ctx context.Context, hash string) (text string, err error) {
	err = a.db.QueryRowContext(ctx, `SELECT document FROM persisted WHERE hash = ?`, hash).Scan(&text)
	if err == sql.ErrNoRows {
		return "", fmt.Errorf("unknown hash %s", hash)
	}
	return text, err
}
