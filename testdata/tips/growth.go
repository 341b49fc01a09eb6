package tips

import (
	"context"
	"fmt"
	"strings"
)

// The ways to load the authors of all posts, for tests that run them at several sizes of data.
var (
	AuthorOfEach  = authorOfEach
	AuthorsAtOnce = authorsAtOnce
)

// AuthorsOneByOne calls itself for each post: the source has no loop.
func AuthorsOneByOne(ctx context.Context, q Querier) error {
	all, err := posts(ctx, q)
	if err != nil {
		return err
	}
	return authorsOf(ctx, q, all)
}

func authorsOf(ctx context.Context, q Querier, rest []Post) error {
	if len(rest) == 0 {
		return nil
	}
	if _, err := texts(ctx, q, "SELECT name FROM authors WHERE id = ?", rest[0].AuthorID); err != nil {
		return err
	}
	return authorsOf(ctx, q, rest[1:])
}

// AuthorsInChunks loads ten authors with one statement: the number of statements grows, but slowly.
func AuthorsInChunks(ctx context.Context, q Querier) error {
	all, err := posts(ctx, q)
	if err != nil {
		return err
	}
	for len(all) > 0 {
		chunk := all[:min(10, len(all))]
		all = all[len(chunk):]
		var ids []any
		for _, p := range chunk {
			ids = append(ids, p.AuthorID)
		}
		list := strings.TrimSuffix(strings.Repeat("?, ", len(ids)), ", ")
		if _, err := texts(ctx, q, fmt.Sprintf("SELECT name FROM authors WHERE id IN (%s)", list), ids...); err != nil {
			return err
		}
	}
	return nil
}
