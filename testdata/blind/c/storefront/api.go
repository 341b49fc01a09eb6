package storefront

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
)

// item is a product as the API shows it.
type item struct{ *Product }

// MarshalJSON adds the brand.
func (i item) MarshalJSON() ([]byte, error) {
	brand, err := i.Brand()
	if err != nil {
		return nil, err
	}
	return json.Marshal(map[string]any{"id": i.ID, "name": i.Name, "brand": brand})
}

func (s *shop) listJSON(w http.ResponseWriter, r *http.Request) error {
	list, err := s.list(r.Context(), 16, 0)
	if err != nil {
		return err
	}
	items := make([]item, len(list))
	for i, p := range list {
		items[i] = item{p}
	}
	return json.NewEncoder(w).Encode(items) // want loop: n-plus-one
}

func (s *shop) namesJSON(w http.ResponseWriter, r *http.Request) error {
	list, err := s.list(r.Context(), 16, 0)
	if err != nil {
		return err
	}
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = p.Name
	}
	return json.NewEncoder(w).Encode(names)
}

func (s *shop) banner(ctx context.Context, slot string) (body string, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT coalesce(max(body), '') FROM banners WHERE slot = $1`, slot).Scan(&body)
	return body, err
}

func (s *shop) showSwitches(w http.ResponseWriter, r *http.Request) error {
	top, err := s.banner(r.Context(), "top")
	if err != nil {
		return err
	}
	side, err := s.banner(r.Context(), "side")
	if err != nil {
		return err
	}
	foot, err := s.banner(r.Context(), "foot")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(w, top, side, foot)
	return err
}
