// Package graph answers GraphQL-like queries: resolvers behind a table, two executors, and loaders of three kinds.
package graph

import (
	"context"
	"database/sql"

	"github.com/nplusgone/nplusgone/testdata/corpus"
)

var (
	authors      = field{name: "author", typ: "Member", sub: []field{{name: "name"}}}
	withAuthors  = field{name: "posts", typ: "Post", sub: []field{{name: "title"}, authors}}
	withComments = field{name: "posts", typ: "Post", sub: []field{{name: "title"},
		{name: "comments", typ: "Comment", sub: []field{{name: "body"}, authors}}}}
)

func postsWith(name string) field {
	return field{name: "posts", typ: "Post", sub: []field{{name: "title"}, {name: name}}}
}

// Cases are queries and mutations.
func Cases() []corpus.Case {
	return corpus.Seeded(schema, []corpus.Case{
		{Name: "authors of posts", Want: []string{corpus.NPlusOne}, May: []string{corpus.Duplicate},
			Why: "the resolver of a field loads one author for each post",
			Run: query(func(a *api) *executor { return &executor{resolvers: a.eager()} }, withAuthors)},
		{Name: "comments with authors, depth first", Want: []string{corpus.NPlusOne}, May: []string{corpus.Duplicate},
			Why: "M×N; that the executor calls itself makes it no tree walk",
			Run: queryDeep(func(a *api) *executor { return &executor{resolvers: a.eager()} }, withComments)},
		{Name: "likes, in parallel", Want: []string{corpus.NPlusOne},
			Why: "a goroutine and a count for each post",
			Run: queryDeep(func(a *api) *executor { return &executor{resolvers: a.eager(), parallel: true} }, postsWith("likes"))},
		{Name: "liked by the viewer", Want: []string{corpus.NPlusOne},
			Why: "one argument is the viewer's, the other goes over the posts",
			Run: query(func(a *api) *executor { return &executor{resolvers: a.eager()} }, postsWith("liked"))},
		{Name: "comment counts without a context", Want: []string{corpus.NPlusOne}, NoContext: true,
			Why: "a count for each post, by a resolver that drops its context",
			Run: query(func(a *api) *executor { return &executor{resolvers: a.eager()} }, postsWith("commentCount"))},
		{Name: "loader that loads one by one", Want: []string{corpus.NPlusOne},
			Why: "the batch function runs a statement for each of its keys",
			Run: query(func(a *api) *executor {
				a.authors = newLoader(0, a.membersOneByOne)
				return &executor{resolvers: a.lazy()}
			}, withAuthors)},
		{Name: "nodes by ids", Want: []string{corpus.NPlusOne},
			Why: "a statement for each id that the client has sent",
			Run: query(func(a *api) *executor { return &executor{resolvers: a.eager()} },
				field{name: "nodes", typ: "Post", args: map[string]any{"ids": []int64{703, 709, 712, 721, 736}}, sub: []field{{name: "title"}}})},
		{Name: "viewer of two fields", Want: []string{corpus.Duplicate},
			Why: "two resolvers load the same viewer within a request",
			Run: query(func(a *api) *executor { return &executor{resolvers: a.eager()} },
				field{name: "me", typ: "Member", sub: []field{{name: "name"}}}, field{name: "greeting"})},
		{Name: "tags added one by one", Want: []string{corpus.RowInsert},
			Why: "one INSERT for each tag of the mutation",
			Run: on(func(ctx context.Context, a *api) error {
				return a.addTags(ctx, 703, []string{"go", "sql", "orm", "n1", "db"})
			})},
		{Name: "posts put in order", Want: []string{corpus.RowUpdate},
			Why: "one UPDATE for each post, prepared once, in one transaction",
			Run: on(func(ctx context.Context, a *api) error { return a.reorder(ctx, []int64{712, 703, 706, 718, 715, 709}) })},
		{Name: "likes taken back one by one", Want: []string{corpus.RowDelete},
			Why: "DELETE WHERE member_id would do all",
			Run: on(func(ctx context.Context, a *api) error { return a.unlikeAll(ctx) })},

		{Name: "authors by a loader",
			Why: "two statements, however many posts",
			Run: query(func(a *api) *executor { return &executor{resolvers: a.lazy()} }, withAuthors)},
		{Name: "comments with authors by loaders",
			Why: "three statements for three levels",
			Run: query(func(a *api) *executor { return &executor{resolvers: a.lazy()} }, withComments)},
		{Name: "authors by a loader of small batches",
			Why: "three keys a statement: chunks",
			Run: query(func(a *api) *executor {
				a.authors = newLoader(3, a.members)
				return &executor{resolvers: a.lazy()}
			}, withAuthors)},
		{Name: "authors by a loader that waits",
			Why: "goroutines hand their keys to one that loads them together",
			Run: queryDeep(func(a *api) *executor { return &executor{resolvers: a.windowed(), parallel: true} }, withAuthors)},
		{Name: "authors primed",
			Why: "the loader knows all of them before it is asked",
			Run: on(func(ctx context.Context, a *api) error {
				found, err := a.members(ctx, []string{viewer, "m_0047fd"})
				if err != nil {
					return err
				}
				for id, m := range found {
					a.authors.prime(id, m)
				}
				for range 3 {
					if _, err := a.authors.load(ctx, viewer)(); err != nil {
						return err
					}
				}
				return nil
			})},
		{Name: "authors joined ahead",
			Why: "one statement",
			Run: on(func(ctx context.Context, a *api) error { _, err := a.ahead(ctx); return err })},
		{Name: "connection",
			Why: "a page and its total",
			Run: on(func(ctx context.Context, a *api) error { _, _, err := a.connection(ctx, 5, 703); return err })},
		{Name: "mutation and its answer",
			Why: "the post is read again because it was written",
			Run: on(func(ctx context.Context, a *api) error { _, err := a.retitle(ctx, 703, "New"); return err })},
		{Name: "union of two kinds",
			Why: "a statement for each kind, each of another table",
			Run: on(func(ctx context.Context, a *api) error { _, err := a.media(ctx, 703); return err })},
		{Name: "persisted query",
			Why: "a look-up and the query itself",
			Run: on(func(ctx context.Context, a *api) error {
				name, err := a.document(ctx, "abc")
				if err != nil {
					return err
				}
				_, err = (&executor{resolvers: a.lazy()}).level(ctx, "Query", []any{nil}, []field{{name: name, typ: "Post", sub: []field{{name: "title"}}}})
				return err
			})},
		{Name: "two aliases",
			Why: "one resolver for two posts that the query names",
			Run: on(func(ctx context.Context, a *api) error {
				left, err := a.post(ctx, 703)
				if err != nil {
					return err
				}
				right, err := a.post(ctx, 706)
				if err == nil && left == right {
					return sql.ErrNoRows
				}
				return err
			})},
	})
}

func on(fn func(context.Context, *api) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error { return fn(ctx, newAPI(db)) }
}

func query(with func(*api) *executor, fields ...field) func(context.Context, *sql.DB) error {
	return on(func(ctx context.Context, a *api) error {
		_, err := with(a).level(ctx, "Query", []any{nil}, fields)
		return err
	})
}

func queryDeep(with func(*api) *executor, fields ...field) func(context.Context, *sql.DB) error {
	return on(func(ctx context.Context, a *api) error {
		_, err := with(a).deep(ctx, "Query", nil, fields)
		return err
	})
}
