// Package courseware serves a course catalogue over GraphQL.
package courseware

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/graph-gophers/graphql-go"
	"github.com/vikstrous/dataloadgen"

	"github.com/nplusgone/nplusgone/testdata/blind"
)

func ask(root func(s *store) any, query string) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error {
		schema, err := graphql.ParseSchema(sdl, root(&store{db}), graphql.MaxParallelism(100))
		if err != nil {
			return err
		}
		resp := schema.Exec(context.WithValue(ctx, accountKey{}, int64(91)), query, "", nil)
		if len(resp.Errors) > 0 {
			return fmt.Errorf("graphql: %v", resp.Errors)
		}
		return nil
	}
}

func site(s *store) any { return &siteRoot{s} }

func portal(opts ...dataloadgen.Option) func(s *store) any {
	return func(s *store) any { return &portalRoot{s, newLoaders(s, opts...)} }
}

// Cases returns the requests of the application.
func Cases() []blind.Case {
	return []blind.Case{
		{
			Name: "catalogue with instructor", Driver: "pgx", Schema: tables,
			Want: []string{blind.NPlusOne},
			May:  []string{blind.Duplicate},
			Why:  "The resolver of Course.instructor selects one instructor for each course of the list.",
			Run:  ask(site, `{ courses(first: 20) { id title instructor { name } } }`),
		},
		{
			Name: "catalogue with lessons", Driver: "pgx", Schema: tables,
			Want: []string{blind.NPlusOne},
			Why:  "Course.lessons goes through a helper of the store that selects the lessons of one course, for each course.",
			Run:  ask(site, `{ courses(first: 15) { title lessons { title } } }`),
		},
		{
			Name: "catalogue with enrolment", Driver: "pgx", Schema: tables,
			Want: []string{blind.NPlusOne},
			Why:  "One COUNT for each course of the list.",
			Run:  ask(site, `{ courses(first: 22) { title enrolled } }`),
		},
		{
			Name: "timetable", Driver: "pgx", Schema: tables,
			Want: []string{blind.NPlusOne},
			Why:  "The resolver of nextSession takes no context and selects one session for each course.",
			Run:  ask(site, `{ courses(first: 12) { title nextSession { room startsOn } } }`),
		},
		{
			Name: "course materials", Driver: "pgx", Schema: tables + "INSERT INTO lessons SELECT 90000 + n, 1016, 'Extra ' || n FROM generate_series(1, 9) n;\n",
			Want: []string{blind.NPlusOne},
			Why:  "One course is loaded, and then the attachments of each of its lessons with a statement each.",
			Run:  ask(site, `{ course(id: "1016") { title lessons { title attachments { name size } } } }`),
		},
		{
			Name: "edit marks", Driver: "pgx", Schema: tables,
			Want: []string{blind.Duplicate},
			May:  []string{blind.NPlusOne},
			Why:  "Each course's canEdit loads the same account again, with the same argument.",
			Run:  ask(site, `{ courses(first: 10) { title canEdit } }`),
		},
		{
			Name: "viewer", Driver: "pgx", Schema: tables,
			Want: []string{blind.Duplicate},
			Why:  "Three field resolvers of one object load the same account.",
			Run:  ask(site, `{ viewer { name isStaff locale } }`),
		},
		{
			Name: "course page", Driver: "pgx", Schema: tables,
			Why: "Each field of one course runs one statement; there is no list of parents.",
			Run: ask(site, `{ course(id: "1029") { title instructor { name courseCount } lessons { title } enrolled nextSession { room } canEdit } }`),
		},
		{
			Name: "comparison of courses", Driver: "pgx", Schema: tables,
			May: []string{blind.NPlusOne},
			Why: "Three aliased look-ups that the client wrote down; a loader would merge them, yet few reviewers would ask for it.",
			Run: ask(site, `{ a: course(id: "1016") { title } b: course(id: "1029") { title } c: course(id: "1055") { title } }`),
		},
		{
			Name: "portal catalogue", Driver: "pgx", Schema: tables,
			Why: "Every relation goes through a loader of the request: one statement each for all the courses.",
			Run: ask(portal(), `{ courses(first: 20) { title instructor { name } lessons { title } enrolled } }`),
		},
		{
			Name: "portal catalogue in small batches", Driver: "pgx", Schema: tables,
			Why: "The loader has a batch capacity of 5, so the 22 keys go in five batches.",
			Run: ask(portal(dataloadgen.WithBatchCapacity(5)), `{ courses(first: 22) { title lessons { title } } }`),
		},
		{
			Name: "portal course page", Driver: "pgx", Schema: tables,
			Why: "The loaders get one key each, as there is one course.",
			Run: ask(portal(), `{ course(id: "1042") { title instructor { name } lessons { title } enrolled } }`),
		},
		{
			Name: "portal timetable", Driver: "pgx", Schema: tables,
			Want: []string{blind.NPlusOne},
			Why:  "The loader gathers the keys, but its fetch function selects them one by one.",
			Run:  ask(portal(), `{ courses(first: 18) { title nextSession { room } } }`),
		},
	}
}
