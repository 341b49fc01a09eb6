package recipes

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/nplusgone/nplusgone/testdata/blind"
)

const schema = `
CREATE TABLE cooks (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO cooks VALUES (4, 'Ada'), (9, 'Bo'), (23, 'Cy'), (31, 'Di'), (58, 'Ed'), (77, 'Flo');
CREATE TABLE recipes (id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, title TEXT NOT NULL, cook_id INTEGER, serves INTEGER NOT NULL, cuisine TEXT);
INSERT INTO recipes VALUES (12, 'soup', 'Soup', 4, 4, 'alpine'), (13, 'stew', 'Stew', 9, 6, 'alpine'), (29, 'soup-2', 'Soup again', 23, 2, 'alpine'),
	(40, 'dumplings', 'Dumplings', NULL, 4, 'alpine'), (41, 'soup-3', 'Clear soup', 31, 4, 'alpine'), (52, 'noodles', 'Noodles', 58, 3, 'alpine'),
	(66, 'cutlet', 'Cutlet', 77, 2, 'alpine'), (71, 'pancake', 'Pancake', 9, 2, 'alpine'), (90, 'curry', 'Curry', 4, 4, 'indian'),
	(91, 'soup-4', 'Goulash', NULL, 5, 'alpine'), (103, 'strudel', 'Strudel', 23, 8, 'alpine'), (104, 'toast', 'Toast', 4, 1, NULL);
CREATE TABLE items (recipe_id INTEGER NOT NULL, name TEXT NOT NULL, grams REAL NOT NULL);
INSERT INTO items SELECT r.id, n.column1, r.id * n.column2 % 300 FROM recipes r, (VALUES ('flour', 7), ('milk', 11), ('onion', 3), ('butter', 5)) n
	WHERE (r.id + n.column2) % 3 <> 0;
CREATE TABLE reviews (recipe_id INTEGER NOT NULL, guest TEXT NOT NULL, stars INTEGER NOT NULL CHECK (stars BETWEEN 1 AND 5));
INSERT INTO reviews SELECT id, 'guest ' || id, 1 + id % 5 FROM recipes WHERE id % 4 <> 1;
INSERT INTO reviews SELECT id, 'critic', 1 + id % 3 FROM recipes WHERE id % 2 = 0;
CREATE TABLE texts (key TEXT NOT NULL, lang TEXT NOT NULL, body TEXT NOT NULL);
INSERT INTO texts VALUES ('welcome', 'en', 'Welcome'), ('bye', 'de', 'Servus');
`

func reviews(n int) []Review {
	var list []Review
	for i := range n {
		list = append(list, Review{Recipe: 12 + i, Guest: fmt.Sprintf("guest %d", i*i), Stars: 1 + i%5})
	}
	return list
}

// Cases lists the programs of this folder.
func Cases() []blind.Case {
	return []blind.Case{
		{
			Name: "full recipes", Want: []string{blind.NPlusOne},
			Why:    "the ingredients are selected recipe by recipe",
			Driver: "sqlite3", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := kitchen(db).Full("alpine")
				return err
			},
		},
		{
			Name:   "complete recipes",
			Why:    "IN lists of three ids",
			Driver: "sqlite3", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := kitchen(db).Complete(ctx, "alpine")
				return err
			},
		},
		{
			Name: "menu", Want: []string{blind.NPlusOne},
			Why:    "the template calls a lazy method that runs an aggregate for each recipe",
			Driver: "sqlite3", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := kitchen(db).Menu("alpine")
				return err
			},
		},
		{
			Name: "api", Want: []string{blind.NPlusOne}, May: []string{blind.Duplicate},
			Why:    "MarshalJSON of each element loads its cook",
			Driver: "sqlite3", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := kitchen(db).API("alpine")
				return err
			},
		},
		{
			Name: "best", Want: []string{blind.NPlusOne + " " + blind.Duplicate},
			Why:    "the comparison of a sort runs two statements each time",
			Driver: "sqlite3", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := kitchen(db).Best("alpine")
				return err
			},
		},
		{
			Name: "import reviews", Want: []string{blind.RowInsert},
			Why:    "one named INSERT for each review, where NamedExec takes a slice",
			Driver: "sqlite3", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				return kitchen(db).Import(ctx, reviews(15))
			},
		},
		{
			Name:   "restore reviews",
			Why:    "each INSERT takes six rows",
			Driver: "sqlite3", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				return kitchen(db).Restore(ctx, reviews(33))
			},
		},
		{
			Name:   "merge reviews",
			Why:    "a multi-row INSERT that fails is halved until the bad row is alone; most rows go in by sets",
			Driver: "sqlite3", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				list := reviews(32)
				list[21].Stars = 11
				bad, err := kitchen(db).Merge(ctx, list)
				if err == nil && len(bad) != 1 {
					return fmt.Errorf("%d refused", len(bad))
				}
				return err
			},
		},
		{
			Name:   "free slug",
			Why:    "a probe for a free name goes on until the first hit",
			Driver: "sqlite3", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := kitchen(db).FreeSlug(ctx, "soup")
				return err
			},
		},
		{
			Name:   "edit",
			Why:    "the row is read again after each write to it",
			Driver: "sqlite3", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := kitchen(db).Edit(ctx, 29)
				return err
			},
		},
		{
			Name:   "shopping list",
			Why:    "the loop has many turns, but a single one runs a statement",
			Driver: "sqlite3", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				list, err := kitchen(db).List("alpine")
				if err != nil {
					return err
				}
				var dishes []Recipe
				for _, r := range list {
					dishes = append(dishes, *r)
				}
				_, err = kitchen(db).Shopping(ctx, dishes)
				return err
			},
		},
		{
			Name:   "text",
			Why:    "a chain of languages that ends at the first hit",
			Driver: "sqlite3", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				_, err := kitchen(db).Text(ctx, "welcome", "de-AT", "de-DE", "de", "en-GB", "en")
				return err
			},
		},
		{
			Name:   "migrate",
			Why:    "migrations run once each, in order",
			Driver: "sqlite3", Schema: schema,
			Run: func(ctx context.Context, db *sql.DB) error {
				return kitchen(db).Migrate()
			},
		},
	}
}
