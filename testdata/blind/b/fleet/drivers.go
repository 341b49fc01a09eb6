package fleet

import (
	"context"
	"errors"

	. "github.com/go-jet/jet/v2/postgres"
	"github.com/go-jet/jet/v2/qrm"
	"github.com/google/uuid"

	"github.com/nplusgone/nplusgone/testdata/blind/b/fleet/gen/model"
	"github.com/nplusgone/nplusgone/testdata/blind/b/fleet/gen/table"
)

// Drivers finds drivers.
type Drivers interface {
	Driver(ctx context.Context, id uuid.UUID) (*model.Driver, error)
}

type driverStore struct {
	db qrm.DB
}

func (s *driverStore) Driver(ctx context.Context, id uuid.UUID) (*model.Driver, error) {
	var d model.Driver
	err := SELECT(table.Driver.AllColumns).
		FROM(table.Driver).
		WHERE(table.Driver.ID.EQ(UUID(id))).
		QueryContext(ctx, s.db, &d)
	if errors.Is(err, qrm.ErrNoRows) {
		return nil, nil
	}
	return &d, err
}

func (s *driverStore) List(ctx context.Context, ids []uuid.UUID) ([]model.Driver, error) {
	var in []Expression
	for _, id := range ids {
		in = append(in, UUID(id))
	}
	var list []model.Driver
	err := table.Driver.SELECT(table.Driver.AllColumns).WHERE(table.Driver.ID.IN(in...)).QueryContext(ctx, s.db, &list)
	return list, err
}

// knownDrivers remembers the drivers that it has seen.
type knownDrivers struct {
	next *driverStore
	seen map[uuid.UUID]*model.Driver
}

func (k *knownDrivers) Driver(ctx context.Context, id uuid.UUID) (*model.Driver, error) {
	if d, ok := k.seen[id]; ok {
		return d, nil
	}
	d, err := k.next.Driver(ctx, id)
	if err == nil {
		k.seen[id] = d
	}
	return d, err
}

func (k *knownDrivers) learn(ctx context.Context, ids []uuid.UUID) error {
	list, err := k.next.List(ctx, ids)
	for i := range list {
		k.seen[list[i].ID] = &list[i]
	}
	return err
}

func newKnownDrivers(db qrm.DB) *knownDrivers {
	return &knownDrivers{next: &driverStore{db}, seen: map[uuid.UUID]*model.Driver{}}
}
