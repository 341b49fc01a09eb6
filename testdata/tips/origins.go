package tips

import (
	"context"
)

// An Origin is a loop whose arguments come from an earlier result, or from elsewhere although an earlier result has the
// same values.
type Origin struct {
	Name   string
	Proven bool // the arguments come from the earlier result
	Run    func(ctx context.Context, q Querier) error
}

// Origins returns the loops. The tables have serial ids from 1 to 5.
func Origins() []Origin {
	return []Origin{
		{"a loop that skips rows", true, skipping},
		{"rows handed to another function", true, handedOn},
		{"a child query while the rows are open", true, whileOpen},
		{"a map from the rows, each with its own query", true, throughMap},
		{"a counter over serial ids", false, counter},
		{"a counter up to the number of rows that were read", false, counterToLength},
		{"an index over the rows, used as the id", false, indexAsID},
		{"ids from elsewhere, the rows read in the same function", false, idsFromElsewhere},
		{"ids from elsewhere while an unrelated table of the same size was read", false, unrelatedTable},
		{"another slice than the one that was read", false, otherSlice},
	}
}

func author(ctx context.Context, q Querier, id int64) error {
	var name string
	return q.QueryRowContext(ctx, "SELECT name FROM authors WHERE id = ?", id).Scan(&name)
}

func commentsOf(ctx context.Context, q Querier, id int64) error {
	_, err := texts(ctx, q, "SELECT body FROM comments WHERE post_id = ?", id)
	return err
}

func skipping(ctx context.Context, q Querier) error {
	all, err := posts(ctx, q)
	if err != nil {
		return err
	}
	for _, p := range all {
		if p.Title == "b" {
			continue
		}
		if err := commentsOf(ctx, q, p.ID); err != nil {
			return err
		}
	}
	return nil
}

func handedOn(ctx context.Context, q Querier) error {
	all, err := posts(ctx, q)
	if err != nil {
		return err
	}
	return render(ctx, q, all)
}

func render(ctx context.Context, q Querier, list []Post) error {
	for i := range list {
		p := &list[i]
		if err := commentsOf(ctx, q, p.ID); err != nil {
			return err
		}
	}
	return nil
}

func whileOpen(ctx context.Context, q Querier) error {
	rows, err := q.QueryContext(ctx, "SELECT id FROM posts")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return err
		}
		if err := commentsOf(ctx, q, id); err != nil {
			return err
		}
	}
	return rows.Err()
}

func throughMap(ctx context.Context, q Querier) error {
	all, err := posts(ctx, q)
	if err != nil {
		return err
	}
	seen := map[int64]bool{}
	for _, p := range all {
		if seen[p.AuthorID] {
			continue
		}
		seen[p.AuthorID] = true
		if err := author(ctx, q, p.AuthorID); err != nil {
			return err
		}
	}
	return nil
}

func counter(ctx context.Context, q Querier) error {
	if _, err := posts(ctx, q); err != nil {
		return err
	}
	n := count()
	for i := 1; i <= n; i++ {
		if err := commentsOf(ctx, q, int64(i)); err != nil {
			return err
		}
	}
	return nil
}

// count returns a number that the source does not show.
func count() (n int) {
	for range requested() {
		n++
	}
	return n
}

func counterToLength(ctx context.Context, q Querier) error {
	all, err := posts(ctx, q)
	if err != nil {
		return err
	}
	for i := 1; i <= len(all); i++ {
		if err := commentsOf(ctx, q, int64(i)); err != nil {
			return err
		}
	}
	return nil
}

func indexAsID(ctx context.Context, q Querier) error {
	all, err := posts(ctx, q)
	if err != nil {
		return err
	}
	for i := range all {
		if err := commentsOf(ctx, q, int64(i+1)); err != nil {
			return err
		}
	}
	return nil
}

// requested returns ids as those of a request.
func requested() []int64 { return append([]int64{1, 2, 3}, 4, 5) }

func idsFromElsewhere(ctx context.Context, q Querier) error {
	all, err := posts(ctx, q)
	if err != nil || len(all) == 0 {
		return err
	}
	for _, id := range requested() {
		if err := commentsOf(ctx, q, id); err != nil {
			return err
		}
	}
	return nil
}

func unrelatedTable(ctx context.Context, q Querier) error {
	if _, err := texts(ctx, q, "SELECT id FROM tags"); err != nil {
		return err
	}
	for _, id := range requested() {
		if err := author(ctx, q, id); err != nil {
			return err
		}
	}
	return nil
}

func otherSlice(ctx context.Context, q Querier) error {
	all, err := posts(ctx, q)
	if err != nil {
		return err
	}
	mine := []Post{}
	for _, id := range requested() {
		mine = append(mine, Post{ID: id})
	}
	for _, p := range mine {
		if err := commentsOf(ctx, q, p.ID); err != nil {
			return err
		}
	}
	_ = all
	return nil
}
