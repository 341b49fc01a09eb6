package ent

import (
	"context"
	"encoding/json"
	"io"
	"slices"

	"github.com/nplusgone/nplusgone/testdata/rowuse/b/ent/ent"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/ent/ent/vehicle"
)

type fleetRepo struct{ client *ent.Client }

func (r *fleetRepo) atDepot(ctx context.Context, depot int) ([]*ent.Vehicle, error) {
	return r.client.Vehicle.Query().
		Where(vehicle.Depot(depot)).
		All(ctx) // want: filter-in-app
}

type plateRow struct {
	Plate   string `json:"plate"`
	Mileage int    `json:"mileage"`
}

func (r *fleetRepo) plates(ctx context.Context, depot int) (rows []plateRow, err error) {
	err = r.client.Vehicle.Query().
		Where(vehicle.Depot(depot)).
		Order(vehicle.ByPlate()).
		Select(vehicle.FieldPlate, vehicle.FieldMileage).
		Scan(ctx, &rows)
	return rows, err
}

type fleetService struct{ repo *fleetRepo }

const scrapAfter = 300_000

// worn returns the vehicles that should be replaced.
func (s *fleetService) worn(ctx context.Context, depot int) ([]*ent.Vehicle, error) {
	vs, err := s.repo.atDepot(ctx, depot)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(vs, func(v *ent.Vehicle) bool {
		return v.Retired || v.Mileage < scrapAfter
	}), nil
}

func (s *fleetService) serveWorn(ctx context.Context, w io.Writer, depot int) error {
	vs, err := s.worn(ctx, depot)
	if err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(vs)
}

func (s *fleetService) servePlates(ctx context.Context, w io.Writer, depot int) error {
	rows, err := s.repo.plates(ctx, depot)
	if err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(rows)
}
