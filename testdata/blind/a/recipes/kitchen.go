package recipes

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"
)

// Recipe is a dish.
type Recipe struct {
	ID      int            `db:"id"`
	Slug    string         `db:"slug"`
	Title   string         `db:"title"`
	Cook    sql.NullInt64  `db:"cook_id"`
	Serves  int            `db:"serves"`
	Cuisine sql.NullString `db:"cuisine"`

	Items []Item `db:"-"`

	q sqlx.Ext
}

// Item is an ingredient with its amount.
type Item struct {
	Recipe int     `db:"recipe_id"`
	Name   string  `db:"name"`
	Grams  float64 `db:"grams"`
}

// Kitchen keeps recipes.
type Kitchen struct{ db *sqlx.DB }

func kitchen(db *sql.DB) *Kitchen { return &Kitchen{sqlx.NewDb(db, "sqlite3")} }

const columns = `id, slug, title, cook_id, serves, cuisine`

// List loads recipes by cuisine.
func (k *Kitchen) List(cuisine string) ([]*Recipe, error) {
	var list []*Recipe
	if err := k.db.Select(&list, `SELECT `+columns+` FROM recipes WHERE cuisine = ? ORDER BY title`, cuisine); err != nil {
		return nil, err
	}
	for _, r := range list {
		r.q = k.db
	}
	return list, nil
}

// Full loads recipes with what goes into them.
func (k *Kitchen) Full(cuisine string) ([]*Recipe, error) {
	list, err := k.List(cuisine)
	if err != nil {
		return nil, err
	}
	for i := range list { // want loop: n-plus-one
		err := k.db.Select(&list[i].Items, `SELECT recipe_id, name, grams FROM items WHERE recipe_id = ?`, list[i].ID)
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Complete loads recipes with their ingredients, for the printer.
func (k *Kitchen) Complete(ctx context.Context, cuisine string) ([]*Recipe, error) {
	list, err := k.List(cuisine)
	if err != nil {
		return nil, err
	}
	byID := map[int]*Recipe{}
	var ids []int
	flush := func() error {
		if len(ids) == 0 {
			return nil
		}
		query, args, err := sqlx.In(`SELECT recipe_id, name, grams FROM items WHERE recipe_id IN (?)`, ids)
		if err != nil {
			return err
		}
		ids = ids[:0]
		var items []Item
		if err := k.db.SelectContext(ctx, &items, query, args...); err != nil {
			return err
		}
		for _, it := range items {
			byID[it.Recipe].Items = append(byID[it.Recipe].Items, it)
		}
		return nil
	}
	for _, r := range list {
		byID[r.ID] = r
		if ids = append(ids, r.ID); len(ids) == 3 {
			if err := flush(); err != nil {
				return nil, err
			}
		}
	}
	return list, flush()
}

// Stars is the mean of a recipe's reviews.
func (r *Recipe) Stars() float64 {
	var mean sql.NullFloat64
	if err := sqlx.Get(r.q, &mean, `SELECT avg(stars) FROM reviews WHERE recipe_id = ?`, r.ID); err != nil {
		return 0
	}
	return mean.Float64
}

// FreeSlug finds a slug that is not taken.
func (k *Kitchen) FreeSlug(ctx context.Context, base string) (string, error) {
	slug := base
	for n := 2; ; n++ {
		var one int
		err := k.db.GetContext(ctx, &one, `SELECT 1 FROM recipes WHERE slug = ?`, slug)
		if errors.Is(err, sql.ErrNoRows) {
			return slug, nil
		} else if err != nil {
			return "", err
		}
		slug = fmt.Sprintf("%s-%d", base, n)
	}
}

func (k *Kitchen) one(ctx context.Context, id int) (r Recipe, err error) {
	err = k.db.GetContext(ctx, &r, `SELECT `+columns+` FROM recipes WHERE id = ?`, id)
	return
}

// Edit goes through the steps of the editor, each of which saves and shows the recipe again.
func (k *Kitchen) Edit(ctx context.Context, id int) (Recipe, error) {
	r, err := k.one(ctx, id)
	if err != nil {
		return r, err
	}
	if _, err := k.db.NamedExecContext(ctx, `UPDATE recipes SET title = :title WHERE id = :id`, Recipe{ID: id, Title: r.Title + " (new)"}); err != nil {
		return r, err
	}
	if r, err = k.one(ctx, id); err != nil {
		return r, err
	}
	if _, err := k.db.NamedExecContext(ctx, `UPDATE recipes SET serves = :serves WHERE id = :id`, Recipe{ID: id, Serves: r.Serves * 2}); err != nil {
		return r, err
	}
	if r, err = k.one(ctx, id); err != nil {
		return r, err
	}
	if _, err := k.db.ExecContext(ctx, `UPDATE recipes SET cuisine = NULL WHERE id = ?`, id); err != nil {
		return r, err
	}
	return k.one(ctx, id)
}
