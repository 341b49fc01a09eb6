package ent

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/nplusgone/nplusgone/testdata/rowuse/b/ent/ent"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/ent/ent/dish"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/ent/ent/menu"
)

type menuHandler struct{ client *ent.Client }

func (h *menuHandler) menus(ctx context.Context, restaurant string) ([]*ent.Menu, error) {
	return h.client.Menu.Query().
		Where(menu.Restaurant(restaurant)).
		WithDishes(func(q *ent.DishQuery) { q.Order(dish.ByName()) }).
		All(ctx)
}

func (h *menuHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ms, err := h.menus(r.Context(), r.URL.Query().Get("restaurant"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(ms)
}

// like adds a guest's like to a dish.
func (h *menuHandler) like(ctx context.Context, id int) (int, error) {
	d, err := h.client.Dish.UpdateOneID(id).AddLikes(1).Save(ctx)
	if err != nil {
		return 0, err
	}
	return d.Likes, nil
}
