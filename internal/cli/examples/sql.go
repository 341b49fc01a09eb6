package examples

import (
	"context"
	"database/sql"
	"encoding/json"
	"io"
	"strings"
	"time"
)

// Post, Comment and Category are rows of the tables posts, comments and categories.
type (
	Post struct {
		ID, AuthorID int64
		Title        string
		Views        int
	}
	Comment struct {
		ID    int64
		Body  string
		Likes int
	}
	Category struct {
		ID       int64
		Name     string
		Children []*Category
	}
)

func BadNPlusOne(ctx context.Context, db *sql.DB, posts []Post) (names []string, err error) {
	for _, p := range posts { // posts were read before: one more SELECT for each of them
		var name string
		if err := db.QueryRowContext(ctx, `SELECT name FROM people WHERE id = ?`, p.AuthorID).Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, nil
}

func GoodNPlusOne(ctx context.Context, db *sql.DB) (names []string, err error) {
	rows, err := db.QueryContext(ctx, `SELECT people.name FROM posts JOIN people ON people.id = posts.author_id ORDER BY posts.id`)
	if err != nil {
		return nil, err
	}
	return scanNames(rows)
}

func BadDuplicateQuery(ctx context.Context, db *sql.DB, posts []Post) (lines []string, err error) {
	for _, p := range posts {
		layout, err := dateLayout(ctx, db) // the same answer each time
		if err != nil {
			return nil, err
		}
		lines = append(lines, time.Now().Format(layout)+" "+p.Title)
	}
	return lines, nil
}

func GoodDuplicateQuery(ctx context.Context, db *sql.DB, posts []Post) (lines []string, err error) {
	layout, err := dateLayout(ctx, db)
	if err != nil {
		return nil, err
	}
	for _, p := range posts {
		lines = append(lines, time.Now().Format(layout)+" "+p.Title)
	}
	return lines, nil
}

func BadRowByRowInsert(ctx context.Context, tx *sql.Tx, post int64, tags []int64) error {
	for _, tag := range tags {
		if _, err := tx.ExecContext(ctx, `INSERT INTO post_tags (post_id, tag_id) VALUES (?, ?)`, post, tag); err != nil {
			return err
		}
	}
	return nil
}

func GoodRowByRowInsert(ctx context.Context, tx *sql.Tx, post int64, tags []int64) error {
	var args []any
	for _, tag := range tags {
		args = append(args, post, tag)
	}
	rows := strings.TrimSuffix(strings.Repeat("(?, ?), ", len(tags)), ", ")
	_, err := tx.ExecContext(ctx, `INSERT INTO post_tags (post_id, tag_id) VALUES `+rows, args...)
	return err
}

func BadRowByRowUpdate(ctx context.Context, tx *sql.Tx, jobs []int64, until time.Time) error {
	for _, id := range jobs {
		if _, err := tx.ExecContext(ctx, `UPDATE jobs SET run_at = ? WHERE id = ?`, until, id); err != nil {
			return err
		}
	}
	return nil
}

func GoodRowByRowUpdate(ctx context.Context, tx *sql.Tx, queue string, until time.Time) error {
	_, err := tx.ExecContext(ctx, `UPDATE jobs SET run_at = ? WHERE queue = ?`, until, queue)
	return err
}

func BadRowByRowDelete(ctx context.Context, tx *sql.Tx, jobs []int64) error {
	for _, id := range jobs {
		if _, err := tx.ExecContext(ctx, `DELETE FROM jobs WHERE id = ?`, id); err != nil {
			return err
		}
	}
	return nil
}

func GoodRowByRowDelete(ctx context.Context, tx *sql.Tx, queue string) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM jobs WHERE queue = ?`, queue)
	return err
}

func BadReadModifyWrite(ctx context.Context, db *sql.DB, post int64) error {
	var views int
	if err := db.QueryRowContext(ctx, `SELECT views FROM posts WHERE id = ?`, post).Scan(&views); err != nil {
		return err
	}
	_, err := db.ExecContext(ctx, `UPDATE posts SET views = ? WHERE id = ?`, views+1, post)
	return err
}

func GoodReadModifyWrite(ctx context.Context, db *sql.DB, post int64) error {
	_, err := db.ExecContext(ctx, `UPDATE posts SET views = views + 1 WHERE id = ?`, post)
	return err
}

func BadFetchToCount(ctx context.Context, db *sql.DB, post int64) (int, error) {
	comments, err := commentsOf(ctx, db, post)
	return len(comments), err // every comment was fetched for that
}

func GoodFetchToCount(ctx context.Context, db *sql.DB, post int64) (n int, err error) {
	err = db.QueryRowContext(ctx, `SELECT count(*) FROM comments WHERE post_id = ?`, post).Scan(&n)
	return n, err
}

func BadFetchToExist(ctx context.Context, db *sql.DB, post int64) (bool, error) {
	comments, err := commentsOf(ctx, db, post)
	return len(comments) > 0, err
}

func GoodFetchToExist(ctx context.Context, db *sql.DB, post int64) (any bool, err error) {
	err = db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM comments WHERE post_id = ?)`, post).Scan(&any)
	return any, err
}

func BadAggregateInApp(ctx context.Context, db *sql.DB, post int64) (likes int, err error) {
	comments, err := commentsOf(ctx, db, post)
	for _, c := range comments {
		likes += c.Likes
	}
	return likes, err
}

func GoodAggregateInApp(ctx context.Context, db *sql.DB, post int64) (likes int, err error) {
	err = db.QueryRowContext(ctx, `SELECT coalesce(sum(likes), 0) FROM comments WHERE post_id = ?`, post).Scan(&likes)
	return likes, err
}

func BadFilterInApp(ctx context.Context, db *sql.DB) (titles []string, err error) {
	rows, err := db.QueryContext(ctx, `SELECT title, status FROM posts`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var title, status string
		if err := rows.Scan(&title, &status); err != nil {
			return nil, err
		}
		if status != "draft" {
			continue // most rows were fetched for nothing
		}
		titles = append(titles, title)
	}
	return titles, rows.Err()
}

func GoodFilterInApp(ctx context.Context, db *sql.DB) (titles []string, err error) {
	rows, err := db.QueryContext(ctx, `SELECT title FROM posts WHERE status = 'draft'`)
	if err != nil {
		return nil, err
	}
	return scanNames(rows)
}

func BadRedundantKeyLookup(ctx context.Context, db *sql.DB, post int64, me int64) (mine bool, err error) {
	p, err := postOf(ctx, db, post)
	if err != nil {
		return false, err
	}
	var owner int64 // p.AuthorID has it
	err = db.QueryRowContext(ctx, `SELECT author_id FROM posts WHERE id = ?`, p.ID).Scan(&owner)
	return owner == me, err
}

func GoodRedundantKeyLookup(ctx context.Context, db *sql.DB, post int64, me int64) (mine bool, err error) {
	p, err := postOf(ctx, db, post)
	return p.AuthorID == me, err
}

func BadUnboundedResult(ctx context.Context, db *sql.DB, w io.Writer) error {
	rows, err := db.QueryContext(ctx, `SELECT name FROM visitors`)
	if err != nil {
		return err
	}
	names, err := scanNames(rows) // the whole table, and it grows
	if err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(names)
}

func GoodUnboundedResult(ctx context.Context, db *sql.DB, w io.Writer, after string) error {
	rows, err := db.QueryContext(ctx, `SELECT name FROM visitors WHERE name > ? ORDER BY name LIMIT 500`, after)
	if err != nil {
		return err
	}
	names, err := scanNames(rows)
	if err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(names)
}

func BadUnusedColumns(ctx context.Context, db *sql.DB) (titles []string, err error) {
	rows, err := db.QueryContext(ctx, `SELECT id, title, body FROM posts`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var title, body string // all texts, for a list of titles
		if err := rows.Scan(&id, &title, &body); err != nil {
			return nil, err
		}
		titles = append(titles, title)
	}
	return titles, rows.Err()
}

func GoodUnusedColumns(ctx context.Context, db *sql.DB) (titles []string, err error) {
	rows, err := db.QueryContext(ctx, `SELECT title FROM posts`)
	if err != nil {
		return nil, err
	}
	return scanNames(rows)
}

func BadRecursiveQuery(ctx context.Context, db *sql.DB, node *Category) error {
	children, err := childrenOf(ctx, db, node.ID)
	if err != nil {
		return err
	}
	for _, child := range children { // one SELECT for each node of the tree
		if err := BadRecursiveQuery(ctx, db, child); err != nil {
			return err
		}
	}
	node.Children = children
	return nil
}

func GoodRecursiveQuery(ctx context.Context, db *sql.DB, root int64) (names []string, err error) {
	rows, err := db.QueryContext(ctx, `
		WITH RECURSIVE tree (id, name) AS (
			SELECT id, name FROM categories WHERE id = ?
			UNION ALL
			SELECT c.id, c.name FROM categories c JOIN tree ON tree.id = c.parent_id)
		SELECT name FROM tree`, root)
	if err != nil {
		return nil, err
	}
	return scanNames(rows)
}

func BadTransactionPerRow(ctx context.Context, db *sql.DB, jobs []int64) error {
	for _, id := range jobs {
		tx, err := db.BeginTx(ctx, nil) // one commit for each row
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE jobs SET state = 'late' WHERE id = ?`, id); err != nil {
			_ = tx.Rollback()
			return err
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}

func GoodTransactionPerRow(ctx context.Context, db *sql.DB, jobs []int64) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	marks := strings.TrimSuffix(strings.Repeat("?, ", len(jobs)), ", ")
	args := make([]any, len(jobs))
	for i, id := range jobs {
		args[i] = id
	}
	if _, err := tx.ExecContext(ctx, `UPDATE jobs SET state = 'late' WHERE id IN (`+marks+`)`, args...); err != nil {
		return err
	}
	return tx.Commit()
}

func BadPrepareInLoop(ctx context.Context, db *sql.DB, names []string) error {
	for _, name := range names {
		stmt, err := db.PrepareContext(ctx, `INSERT INTO tags (name) VALUES (?)`) // once is enough
		if err != nil {
			return err
		}
		_, err = stmt.ExecContext(ctx, name)
		_ = stmt.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

func GoodPrepareInLoop(ctx context.Context, db *sql.DB, names []string) error {
	stmt, err := db.PrepareContext(ctx, `INSERT INTO tags (name) VALUES (?)`)
	if err != nil {
		return err
	}
	defer stmt.Close()
	for _, name := range names {
		if _, err := stmt.ExecContext(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

func BadImplicitPrepare(dsn string) (*sql.DB, error) {
	return sql.Open("mysql", dsn) // each statement with arguments is prepared, run and closed: three round trips
}

func GoodImplicitPrepare(dsn string) (*sql.DB, error) {
	return sql.Open("mysql", dsn+"?interpolateParams=true")
}

func BadRowsNotClosed(ctx context.Context, db *sql.DB) (name string, err error) {
	rows, err := db.QueryContext(ctx, `SELECT name FROM tags`)
	if err != nil {
		return "", err
	}
	if rows.Next() { // the connection stays taken: nothing closes the rows
		err = rows.Scan(&name)
	}
	return name, err
}

func GoodRowsNotClosed(ctx context.Context, db *sql.DB) (name string, err error) {
	rows, err := db.QueryContext(ctx, `SELECT name FROM tags`)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	if rows.Next() {
		err = rows.Scan(&name)
	}
	return name, err
}

func dateLayout(ctx context.Context, db *sql.DB) (layout string, err error) {
	err = db.QueryRowContext(ctx, `SELECT value FROM settings WHERE name = 'date_layout'`).Scan(&layout)
	return layout, err
}

func postOf(ctx context.Context, db *sql.DB, id int64) (p Post, err error) {
	err = db.QueryRowContext(ctx, `SELECT id, author_id, title, views FROM posts WHERE id = ?`, id).Scan(&p.ID, &p.AuthorID, &p.Title, &p.Views)
	return p, err
}

func commentsOf(ctx context.Context, db *sql.DB, post int64) (comments []Comment, err error) {
	rows, err := db.QueryContext(ctx, `SELECT id, body, likes FROM comments WHERE post_id = ?`, post)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var c Comment
		if err := rows.Scan(&c.ID, &c.Body, &c.Likes); err != nil {
			return nil, err
		}
		comments = append(comments, c)
	}
	return comments, rows.Err()
}

func childrenOf(ctx context.Context, db *sql.DB, parent int64) (children []*Category, err error) {
	rows, err := db.QueryContext(ctx, `SELECT id, name FROM categories WHERE parent_id = ?`, parent)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		c := new(Category)
		if err := rows.Scan(&c.ID, &c.Name); err != nil {
			return nil, err
		}
		children = append(children, c)
	}
	return children, rows.Err()
}

func scanNames(rows *sql.Rows) (names []string, err error) {
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}
