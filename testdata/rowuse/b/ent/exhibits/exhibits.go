// Package exhibits finds the things that a museum shows.
package exhibits

import (
	"context"

	"github.com/nplusgone/nplusgone/testdata/rowuse/b/ent/ent"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/ent/ent/exhibit"
)

type Store struct{ Client *ent.Client }

// InWing returns what is shown in a wing.
func (s *Store) InWing(ctx context.Context, wing string) ([]*ent.Exhibit, error) {
	return s.Client.Exhibit.Query().Where(exhibit.WingEQ(wing)).Order(exhibit.ByRoom()).All(ctx) // want: unused-columns
}

// Catalogue returns a page of the exhibits of a wing, and their number.
func (s *Store) Catalogue(ctx context.Context, wing string, offset, size int) (int, []*ent.Exhibit, error) {
	q := s.Client.Exhibit.Query().Where(exhibit.WingEQ(wing))
	total, err := q.Clone().Count(ctx)
	if err != nil {
		return 0, nil, err
	}
	page, err := q.Order(exhibit.ByName()).Offset(offset).Limit(size).All(ctx)
	return total, page, err
}
