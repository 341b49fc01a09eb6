// Package cms is a content management system with a domain model: entities that load what belongs to them when asked,
// UUID keys, and repositories behind interfaces.
package cms

import (
	"context"
	"database/sql"
	"errors"
	"io"

	"github.com/nplusgone/nplusgone/testdata/corpus"
)

// Cases are pages shown and edited.
func Cases() []corpus.Case {
	return corpus.Seeded(schema, []corpus.Case{
		{Name: "overview with lazy authors", Want: []string{corpus.NPlusOne}, May: []string{corpus.Duplicate},
			Why: "each entity loads its own author",
			Run: onSite(func(ctx context.Context, s site) error { return s.overview(ctx, io.Discard) })},
		{Name: "tags with keys in the text", Want: []string{corpus.NPlusOne},
			Why: "the tags of each page by a statement of its own, the key inlined",
			Run: onSite(func(ctx context.Context, s site) error { return s.tagged(ctx, io.Discard) })},
		{Name: "site map in another language", Want: []string{corpus.NPlusOne},
			Why: "a translation per page by composite key, its language the same for all",
			Run: onSite(func(ctx context.Context, s site) error { return s.siteMap(ctx, "de", io.Discard) })},
		{Name: "blocks of several kinds", Want: []string{corpus.NPlusOne},
			Why: "an image or a quote per block, where two IN lists would do",
			Run: onSite(func(ctx context.Context, s site) error { return s.body(ctx, "page-1", io.Discard) })},
		{Name: "template that asks entities", Want: []string{corpus.NPlusOne}, May: []string{corpus.Duplicate}, NoContext: true,
			Why: "the loop stands in the template, and each turn loads an author",
			Run: onSite(func(ctx context.Context, s site) error { return s.feed(ctx, io.Discard) })},
		{Name: "comments by recursion", Want: []string{corpus.Recursive},
			Why: "one statement for each comment of the thread",
			Run: onSite(func(ctx context.Context, s site) error {
				p, err := s.pages.BySlug(ctx, "page-3")
				if err != nil {
					return err
				}
				_, err = s.replies(ctx, p.ID, comment{})
				return err
			})},
		{Name: "pages below, by a queue", Want: []string{corpus.NPlusOne + " " + corpus.Recursive},
			Why: "one statement for each page of the tree, whatever that is called",
			Run: onEditor(func(ctx context.Context, e editor, page string) error {
				_, err := site{db: e.db}.below(ctx, page)
				return err
			})},
		{Name: "new tags of a page", Want: []string{corpus.RowInsert},
			Why: "one row of the join table at a time",
			Run: onEditor(func(ctx context.Context, e editor, page string) error {
				return e.setTags(ctx, page, []int64{52, 54, 56, 60, 62})
			})},
		{Name: "positions numbered anew", Want: []string{corpus.RowUpdate},
			Why: "one UPDATE for each block, where row_number() does them all",
			Run: onEditor(func(ctx context.Context, e editor, page string) error { return e.closeGaps(ctx, page) })},
		{Name: "old revisions one by one", Want: []string{corpus.RowDelete},
			Why: "the condition that chose the revisions could delete them",
			Run: onEditor(func(ctx context.Context, e editor, _ string) error {
				p, err := (&pageRepository{e.db}).BySlug(ctx, "page-2")
				if err != nil {
					return err
				}
				return e.prune(ctx, p.ID, 5)
			})},
		{Name: "guard and page look up the same", Want: []string{corpus.Duplicate},
			Why: "the guard's page could be handed on",
			Run: onEditor(func(ctx context.Context, e editor, _ string) error {
				_, err := e.show(ctx, "page-4")
				return err
			})},

		{Name: "overview with authors loaded ahead",
			Why: "one IN list; the entities find their author in memory",
			Run: onSite(func(ctx context.Context, s site) error { return s.overviewLoadedAhead(ctx, io.Discard) })},
		{Name: "tags aggregated",
			Why: "one statement",
			Run: onSite(func(ctx context.Context, s site) error { return s.taggedAggregated(ctx, io.Discard) })},
		{Name: "thread put together in memory",
			Why: "one statement; the recursion runs over a map",
			Run: onSite(func(ctx context.Context, s site) error {
				p, err := s.pages.BySlug(ctx, "page-3")
				if err != nil {
					return err
				}
				_, err = s.thread(ctx, p.ID)
				return err
			})},
		{Name: "pages below, by levels",
			Why: "one statement for each level of the tree",
			Run: onEditor(func(ctx context.Context, e editor, page string) error {
				_, err := site{db: e.db}.belowByLevels(ctx, page)
				return err
			})},
		{Name: "three menus",
			Why: "their number is written down in the source",
			Run: onSite(func(ctx context.Context, s site) error { return s.menus(ctx, io.Discard) })},
		{Name: "chain of redirects",
			Why: "at most five hops, each known only by the one before",
			Run: onSite(func(ctx context.Context, s site) error {
				_, err := s.target(ctx, "/a")
				return err
			})},
		{Name: "slug tried until free",
			Why: "a try follows from the answer to the last; it ends at the first free one",
			Run: onEditor(func(ctx context.Context, e editor, _ string) error {
				slug, err := e.freeSlug(ctx, "about")
				if slug != "about-6" {
					return errors.Join(err, errors.New("about-6 is the free one"))
				}
				return err
			})},
		{Name: "tags found or made",
			Why: "get-or-create of a few names that an editor has typed",
			Run: onEditor(func(ctx context.Context, e editor, _ string) error {
				_, err := e.tagIDs(ctx, []string{"tag1", "tag7", "fresh", "tag3", "newer"})
				return err
			})},
		{Name: "two revisions side by side",
			Why: "two calls for two things",
			Run: onEditor(func(ctx context.Context, e editor, _ string) error {
				p, err := (&pageRepository{e.db}).BySlug(ctx, "page-2")
				if err != nil {
					return err
				}
				_, err = e.compare(ctx, p.ID, 3, 4)
				return err
			})},
		{Name: "title changed and read again",
			Why: "a write stands between the two reads",
			Run: onEditor(func(ctx context.Context, e editor, _ string) error {
				_, err := e.retitle(ctx, "page-5", "New")
				return err
			})},
		{Name: "looked at again in a transaction",
			Why: "the second look is what the transaction is for",
			Run: onEditor(func(ctx context.Context, e editor, _ string) error {
				_, err := e.lockedTitle(ctx, "page-5")
				return err
			})},
		{Name: "random pages",
			Why: "random() answers differently each time",
			Run: onEditor(func(ctx context.Context, e editor, _ string) error {
				_, err := e.related(ctx)
				return err
			})},
		{Name: "old revisions at once",
			Why: "one DELETE with the condition in it",
			Run: onEditor(func(ctx context.Context, e editor, page string) error { return e.pruneAtOnce(ctx, page, 5) })},
	})
}

func onSite(fn func(context.Context, site) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error {
		return fn(ctx, site{db: db, pages: &pageRepository{db}})
	}
}

func onEditor(fn func(ctx context.Context, e editor, page string) error) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error {
		return fn(ctx, editor{db}, "9e3779b1-0000-4000-8000-000000001eef")
	}
}
