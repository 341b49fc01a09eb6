package ent

import (
	"context"
	"fmt"
	"io"

	"github.com/nplusgone/nplusgone/testdata/rowuse/b/ent/ent"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/ent/ent/club"
)

type clubStore struct{ *ent.Client }

func (s clubStore) ofCity(ctx context.Context, city string) ([]*ent.Club, error) {
	return s.Club.Query().
		Where(club.City(city)).
		Order(ent.Asc(club.FieldName)).
		WithPlayers().
		All(ctx) // want: fetch-to-count
}

// rosterSizes writes how many players the clubs of a city have.
func rosterSizes(ctx context.Context, w io.Writer, s clubStore, city string) error {
	clubs, err := s.ofCity(ctx, city)
	if err != nil {
		return err
	}
	for _, c := range clubs {
		if _, err := fmt.Fprintf(w, "%-30s %3d\n", c.Name, len(c.Edges.Players)); err != nil {
			return err
		}
	}
	return nil
}
