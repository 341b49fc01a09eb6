package tips

import (
	"context"
	"strings"
)

// A Case is a tip, ignored and followed. Mark is at the end of the line where a finding is reported.
type Case struct {
	Tip      int
	Rule     string
	Mark     string // a comment at the end of the loop's line, or of the line of the repeated call
	Dont, Do func(ctx context.Context, q Querier) error
}

// Cases returns the cases that need no types of the source.
func Cases() []Case {
	return []Case{
		{2, "duplicate-query", "// loop: tip 2", countTwice, countOnce},
		{4, "n-plus-one", "// loop: tip 4", authorOfEach, authorsAtOnce},
		{5, "n-plus-one", "// loop: tip 5", commentsOfEach, commentsAtOnce},
		{11, "row-by-row-insert", "// loop: tip 11", insertEach, insertAtOnce},
		{12, "row-by-row-insert", "// loop: tip 12", tagEach, tagAtOnce},
	}
}

func countTwice(ctx context.Context, q Querier) error {
	all, err := posts(ctx, q)
	if err != nil {
		return err
	}
	for range all { // loop: tip 2
		if _, err := texts(ctx, q, "SELECT name FROM authors ORDER BY name"); err != nil {
			return err
		}
	}
	return nil
}

func countOnce(ctx context.Context, q Querier) error {
	all, err := posts(ctx, q)
	if err != nil {
		return err
	}
	names, err := texts(ctx, q, "SELECT name FROM authors ORDER BY name")
	for range all {
		_ = names
	}
	return err
}

func authorOfEach(ctx context.Context, q Querier) error {
	all, err := posts(ctx, q)
	if err != nil {
		return err
	}
	for _, p := range all { // loop: tip 4
		var name string
		if err := q.QueryRowContext(ctx, "SELECT name FROM authors WHERE id = ?", p.AuthorID).Scan(&name); err != nil {
			return err
		}
	}
	return nil
}

func authorsAtOnce(ctx context.Context, q Querier) error {
	_, err := texts(ctx, q, "SELECT a.name FROM posts p JOIN authors a ON a.id = p.author_id")
	return err
}

func commentsOfEach(ctx context.Context, q Querier) error {
	all, err := posts(ctx, q)
	if err != nil {
		return err
	}
	for i := range all { // loop: tip 5
		if _, err := texts(ctx, q, "SELECT body FROM comments WHERE post_id = ?", all[i].ID); err != nil {
			return err
		}
	}
	return nil
}

func commentsAtOnce(ctx context.Context, q Querier) error {
	all, err := posts(ctx, q)
	if err != nil {
		return err
	}
	ids := make([]any, len(all))
	for i, p := range all {
		ids[i] = p.ID
	}
	_, err = texts(ctx, q, "SELECT body FROM comments WHERE post_id IN ("+placeholders(len(ids))+")", ids...)
	return err
}

func insertEach(ctx context.Context, q Querier) error {
	all, err := posts(ctx, q)
	if err != nil {
		return err
	}
	for _, p := range all { // loop: tip 11
		if _, err := q.ExecContext(ctx, "INSERT INTO comments (post_id, body) VALUES (?, ?)", 1, "on "+p.Title); err != nil {
			return err
		}
	}
	return nil
}

func insertAtOnce(ctx context.Context, q Querier) error {
	all, err := posts(ctx, q)
	if err != nil {
		return err
	}
	var rows []string
	var args []any
	for _, p := range all {
		rows = append(rows, "(?, ?)")
		args = append(args, 1, "on "+p.Title)
	}
	_, err = q.ExecContext(ctx, "INSERT INTO comments (post_id, body) VALUES "+strings.Join(rows, ", "), args...)
	return err
}

func tagEach(ctx context.Context, q Querier) error {
	tags, err := texts(ctx, q, "SELECT id FROM tags")
	if err != nil {
		return err
	}
	for _, tag := range tags { // loop: tip 12
		if _, err := q.ExecContext(ctx, "INSERT INTO post_tags (post_id, tag_id) VALUES (?, ?)", 1, tag); err != nil {
			return err
		}
	}
	return nil
}

func tagAtOnce(ctx context.Context, q Querier) error {
	_, err := q.ExecContext(ctx, "INSERT INTO post_tags (post_id, tag_id) SELECT ?, id FROM tags", 1)
	return err
}
