package cms

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

type editor struct{ db *sql.DB }

func (e editor) inTx(ctx context.Context, fn func(tx *sql.Tx) error) error {
	tx, err := e.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := fn(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// setTags replaces the tags of a page.
func (e editor) setTags(ctx context.Context, page string, tags []int64) error {
	return e.inTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM page_tags WHERE page_id = ?`, page); err != nil {
			return err
		}
		for _, tag := range tags { // want loop: row-by-row-insert
			if _, err := tx.ExecContext(ctx, `INSERT INTO page_tags (page_id, tag_id) VALUES (?, ?)`, page, tag); err != nil {
				return err
			}
		}
		return nil
	})
}

// closeGaps numbers the blocks of a page anew, after one was taken out.
func (e editor) closeGaps(ctx context.Context, page string) error {
	return e.inTx(ctx, func(tx *sql.Tx) error {
		blocks, err := site{db: tx}.blocks(ctx, page)
		if err != nil {
			return err
		}
		for i, b := range blocks { // want loop: row-by-row-update
			_, err := tx.ExecContext(ctx, `UPDATE blocks SET position = ? WHERE page_id = ? AND position = ?`, i+1, page, b.position)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// prune deletes all revisions but the newest keep.
func (e editor) prune(ctx context.Context, page string, keep int) error {
	rows, err := e.db.QueryContext(ctx, `SELECT id FROM revisions WHERE page_id = ? ORDER BY number DESC LIMIT -1 OFFSET ?`, page, keep)
	if err != nil {
		return err
	}
	old, err := strs(rows)
	if err != nil {
		return err
	}
	for _, id := range old { // want loop: row-by-row-delete
		if _, err := e.db.ExecContext(ctx, fmt.Sprintf("DELETE FROM revisions WHERE id = '%s'", id)); err != nil {
			return err
		}
	}
	return nil
}

// pruneAtOnce is prune with the choice left to the database.
func (e editor) pruneAtOnce(ctx context.Context, page string, keep int) error {
	_, err := e.db.ExecContext(ctx, `DELETE FROM revisions WHERE page_id = ?1 AND id NOT IN (
		SELECT id FROM revisions WHERE page_id = ?1 ORDER BY number DESC LIMIT ?2)`, page, keep)
	return err
}

// freeSlug tries numbers until one is free.
func (e editor) freeSlug(ctx context.Context, base string) (string, error) {
	slug := base
	for n := 2; ; n++ {
		var taken bool
		if err := e.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM pages WHERE slug = ?)`, slug).Scan(&taken); err != nil {
			return "", err
		}
		if !taken {
			return slug, nil
		}
		slug = fmt.Sprintf("%s-%d", base, n)
	}
}

// tagIDs returns the tags with these names and makes those that are missing.
func (e editor) tagIDs(ctx context.Context, names []string) ([]int64, error) {
	var ids []int64
	for _, name := range names {
		id, err := e.tagID(ctx, name)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

func (e editor) tagID(ctx context.Context, name string) (id int64, err error) {
	err = e.db.QueryRowContext(ctx, `SELECT id FROM tags WHERE name = ?`, name).Scan(&id)
	if !errors.Is(err, sql.ErrNoRows) {
		return id, err
	}
	res, err := e.db.ExecContext(ctx, `INSERT INTO tags (name) VALUES (?)`, name)
	if err != nil {
		return 0, err
	}
	return res.LastInsertId()
}

func revision(ctx context.Context, q Querier, page string, number int) (body string, err error) {
	err = q.QueryRowContext(ctx, `SELECT body FROM revisions WHERE page_id = ? AND number = ?`, page, number).Scan(&body)
	return body, err
}

// compare shows two revisions side by side.
func (e editor) compare(ctx context.Context, page string, left, right int) (string, error) {
	a, err := revision(ctx, e.db, page, left)
	if err != nil {
		return "", err
	}
	b, err := revision(ctx, e.db, page, right)
	if err != nil {
		return "", err
	}
	return a + "\n" + b, nil
}

// retitle loads a page, changes it and returns it as the database has it now.
func (e editor) retitle(ctx context.Context, slug, title string) (*Page, error) {
	repo := &pageRepository{e.db}
	page, err := repo.BySlug(ctx, slug)
	if err != nil {
		return nil, err
	}
	if _, err := e.db.ExecContext(ctx, `UPDATE pages SET title = ? WHERE id = ?`, title, page.ID); err != nil {
		return nil, err
	}
	return repo.BySlug(ctx, slug)
}

// lockedTitle looks at a page before it begins a transaction, and again in it, because it may have changed.
func (e editor) lockedTitle(ctx context.Context, slug string) (title string, err error) {
	page, err := (&pageRepository{e.db}).BySlug(ctx, slug)
	if err != nil {
		return "", err
	}
	err = e.inTx(ctx, func(tx *sql.Tx) error {
		again, err := (&pageRepository{tx}).BySlug(ctx, slug)
		if err != nil {
			return err
		}
		if again.ID != page.ID {
			return errors.New("the page has moved")
		}
		title = again.Title
		return nil
	})
	return title, err
}

// show is what a router with a guard before each page does: the guard looks the page up, and the page again.
func (e editor) show(ctx context.Context, slug string) (string, error) {
	if err := e.mayRead(ctx, slug); err != nil {
		return "", err
	}
	page, err := (&pageRepository{e.db}).BySlug(ctx, slug)
	if err != nil {
		return "", err
	}
	a, err := page.Author(ctx)
	if err != nil {
		return "", err
	}
	return page.Title + " by " + a.Name, nil
}

func (e editor) mayRead(ctx context.Context, slug string) error {
	page, err := (&pageRepository{e.db}).BySlug(ctx, slug)
	if err == nil && page.AuthorID == "" {
		return errors.New("nobody's page")
	}
	return err
}

// related shows a few other pages, in another order each time.
func (e editor) related(ctx context.Context) ([]string, error) {
	left, err := e.random(ctx)
	if err != nil {
		return nil, err
	}
	right, err := e.random(ctx)
	return append(left, right...), err
}

func (e editor) random(ctx context.Context) ([]string, error) {
	rows, err := e.db.QueryContext(ctx, `SELECT title FROM pages WHERE status = 'live' ORDER BY random() LIMIT 1`)
	if err != nil {
		return nil, err
	}
	return strs(rows)
}
