package recipes

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"html/template"
	"sort"
	"strings"
)

var menu = template.Must(template.New("menu").Parse(
	`<ul>{{range .}}<li>{{.Title}}{{with .Stars}} {{printf "%.1f" .}}{{end}}</li>{{end}}</ul>`))

// Menu renders a page.
func (k *Kitchen) Menu(cuisine string) (string, error) {
	list, err := k.List(cuisine)
	if err != nil {
		return "", err
	}
	var page strings.Builder
	err = menu.Execute(&page, list) // want loop: n-plus-one
	return page.String(), err
}

// MarshalJSON puts the cook's name into the object.
func (r *Recipe) MarshalJSON() ([]byte, error) {
	var cook sql.NullString
	if r.Cook.Valid {
		if err := r.q.QueryRowx(`SELECT name FROM cooks WHERE id = ?`, r.Cook.Int64).Scan(&cook); err != nil {
			return nil, err
		}
	}
	return json.Marshal(map[string]any{"id": r.ID, "title": r.Title, "cook": cook.String})
}

// API answers a list as JSON.
func (k *Kitchen) API(cuisine string) ([]byte, error) {
	list, err := k.List(cuisine)
	if err != nil {
		return nil, err
	}
	return json.Marshal(list) // want loop: n-plus-one
}

// Best sorts recipes by their reviews.
func (k *Kitchen) Best(cuisine string) ([]*Recipe, error) {
	list, err := k.List(cuisine)
	if err != nil {
		return nil, err
	}
	sort.SliceStable(list, func(i, j int) bool { // want loop: n-plus-one // also loop: duplicate-query
		return list[i].Stars() > list[j].Stars()
	})
	return list, nil
}

// Shopping adds up what is needed for a list of dishes; dishes that need no shopping are skipped.
func (k *Kitchen) Shopping(ctx context.Context, dishes []Recipe) (map[string]float64, error) {
	need := map[string]float64{}
	for _, d := range dishes {
		if !strings.HasPrefix(d.Slug, "stew") {
			need["salt"] += 2
			continue
		}
		var items []Item
		if err := k.db.SelectContext(ctx, &items, `SELECT recipe_id, name, grams FROM items WHERE recipe_id = ? ORDER BY name`, d.ID); err != nil {
			return nil, err
		}
		for _, it := range items {
			need[it.Name] += it.Grams * float64(d.Serves)
		}
	}
	return need, nil
}

// Text finds a text in the best language there is.
func (k *Kitchen) Text(ctx context.Context, key string, languages ...string) (string, error) {
	for _, lang := range languages {
		var s []string
		if err := k.db.SelectContext(ctx, &s, `SELECT body FROM texts WHERE key = ? AND lang = ?`, key, lang); err != nil {
			return "", err
		}
		if len(s) > 0 {
			return s[0], nil
		}
	}
	return fmt.Sprintf("[%s]", key), nil
}
