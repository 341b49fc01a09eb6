package fleet

import (
	"context"
	"database/sql"
	"errors"

	"github.com/graph-gophers/dataloader/v7"
	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
)

var driverType = graphql.NewObject(graphql.ObjectConfig{Name: "Driver", Fields: graphql.Fields{
	"id":   &graphql.Field{Type: graphql.Int},
	"name": &graphql.Field{Type: graphql.String},
}})

var serviceType = graphql.NewObject(graphql.ObjectConfig{Name: "Service", Fields: graphql.Fields{
	"doneOn": &graphql.Field{Type: graphql.String},
	"cost":   &graphql.Field{Type: graphql.Int},
}})

func newDepotType() *graphql.Object {
	t := graphql.NewObject(graphql.ObjectConfig{Name: "Depot", Fields: graphql.Fields{
		"code": &graphql.Field{Type: graphql.String},
		"name": &graphql.Field{Type: graphql.String},
	}})
	t.AddFieldConfig("children", &graphql.Field{Type: graphql.NewList(t)})
	return t
}

type api struct {
	*garage
	byID *dataloader.Loader[int64, *driver]
}

func newAPI(db *sql.DB) *api {
	g := &garage{db}
	return &api{garage: g, byID: newDriverLoader(g)}
}

func newDriverLoader(g *garage) *dataloader.Loader[int64, *driver] {
	return dataloader.NewBatchedLoader(func(ctx context.Context, ids []int64) []*dataloader.Result[*driver] {
		found, err := g.drivers(ctx, ids)
		out := make([]*dataloader.Result[*driver], len(ids))
		for i, id := range ids {
			out[i] = &dataloader.Result[*driver]{Data: found[id], Error: err}
		}
		return out
	})
}

func newCostLoader(db *sql.DB) *dataloader.Loader[string, int] {
	return dataloader.NewBatchedLoader(func(ctx context.Context, plates []string) []*dataloader.Result[int] {
		args := make([]any, len(plates))
		for i, p := range plates {
			args[i] = p
		}
		sums := map[string]int{}
		rows, err := db.QueryContext(ctx, `SELECT plate, sum(cost) FROM services WHERE plate IN (`+marks(len(plates))+`) GROUP BY plate`, args...) // want loop: n-plus-one
		for err == nil && rows.Next() {
			var p string
			var n int
			if err = rows.Scan(&p, &n); err == nil {
				sums[p] = n
			}
		}
		if rows != nil {
			rows.Close()
		}
		out := make([]*dataloader.Result[int], len(plates))
		for i, p := range plates {
			out[i] = &dataloader.Result[int]{Data: sums[p], Error: err}
		}
		return out
	})
}

func selects(p graphql.ResolveParams, name string) bool {
	for _, f := range p.Info.FieldASTs {
		for _, s := range f.SelectionSet.Selections {
			if sub, ok := s.(*ast.Field); ok && sub.Name.Value == name {
				return true
			}
		}
	}
	return false
}

func (a *api) vehicleType() *graphql.Object {
	return graphql.NewObject(graphql.ObjectConfig{Name: "Vehicle", Fields: graphql.Fields{
		"plate":    &graphql.Field{Type: graphql.String},
		"model":    &graphql.Field{Type: graphql.String},
		"odometer": &graphql.Field{Type: graphql.Int},
		"driver": &graphql.Field{Type: driverType, Resolve: func(p graphql.ResolveParams) (any, error) {
			v := p.Source.(*vehicle)
			if !v.driverID.Valid {
				return nil, nil
			}
			d := new(driver)
			err := a.db.QueryRow(`SELECT id, name FROM drivers WHERE id = $1`, v.driverID.Int64).Scan(&d.ID, &d.Name) // want loop: n-plus-one
			return d, err
		}},
		"lastService": &graphql.Field{Type: serviceType, Resolve: a.lastService},
		"assignee": &graphql.Field{Type: driverType, Resolve: func(p graphql.ResolveParams) (any, error) {
			v := p.Source.(*vehicle)
			if !v.driverID.Valid {
				return nil, nil
			}
			thunk := a.byID.Load(p.Context, v.driverID.Int64)
			return func() (any, error) { return thunk() }, nil
		}},
		"crew": &graphql.Field{Type: driverType, Resolve: func(p graphql.ResolveParams) (any, error) {
			if d := p.Source.(*vehicle).driver; d != nil {
				return d, nil
			}
			return nil, nil
		}},
		"costs": &graphql.Field{Type: graphql.Int, Resolve: func(p graphql.ResolveParams) (any, error) {
			return newCostLoader(a.db).Load(p.Context, p.Source.(*vehicle).Plate)() // also loop: n-plus-one
		}},
	}})
}

func (a *api) lastService(p graphql.ResolveParams) (any, error) {
	v, ok := p.Source.(*vehicle)
	if !ok {
		return nil, nil
	}
	s := new(service)
	err := a.db.QueryRowContext(p.Context, `SELECT done_on, cost FROM services WHERE plate = $1 ORDER BY done_on DESC LIMIT 1`, v.Plate).Scan(&s.DoneOn, &s.Cost) // want loop: n-plus-one
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return s, err
}

func (a *api) listVehicles(p graphql.ResolveParams) (any, error) {
	list, err := a.vehicles(p.Context)
	if err != nil || !selects(p, "crew") {
		return list, err
	}
	var ids []int64
	for _, v := range list {
		if v.driverID.Valid {
			ids = append(ids, v.driverID.Int64)
		}
	}
	found, err := a.drivers(p.Context, ids)
	for _, v := range list {
		v.driver = found[v.driverID.Int64]
	}
	return list, err
}

func (a *api) count(query string) graphql.FieldResolveFn {
	return func(p graphql.ResolveParams) (any, error) {
		var n int
		err := a.db.QueryRowContext(p.Context, query).Scan(&n)
		return n, err
	}
}

func (a *api) schema() (graphql.Schema, error) {
	depots := newDepotType()
	fleetStats := graphql.NewObject(graphql.ObjectConfig{Name: "Stats", Fields: graphql.Fields{
		"vehicles":   &graphql.Field{Type: graphql.Int, Resolve: a.count(`SELECT count(*) FROM vehicles`)},
		"drivers":    &graphql.Field{Type: graphql.Int, Resolve: a.count(`SELECT count(*) FROM drivers`)},
		"unassigned": &graphql.Field{Type: graphql.Int, Resolve: a.count(`SELECT count(*) FROM vehicles WHERE driver_id IS NULL`)},
		"services":   &graphql.Field{Type: graphql.Int, Resolve: a.count(`SELECT count(*) FROM services`)},
		"depots":     &graphql.Field{Type: graphql.Int, Resolve: a.count(`SELECT count(*) FROM depots`)},
	}})
	query := graphql.NewObject(graphql.ObjectConfig{Name: "Query", Fields: graphql.Fields{
		"vehicles": &graphql.Field{Type: graphql.NewList(a.vehicleType()), Resolve: a.listVehicles},
		"stats": &graphql.Field{Type: fleetStats, Resolve: func(graphql.ResolveParams) (any, error) {
			return struct{}{}, nil
		}},
		"depotsBelow": &graphql.Field{
			Type: graphql.NewList(depots),
			Args: graphql.FieldConfigArgument{"code": &graphql.ArgumentConfig{Type: graphql.String}},
			Resolve: func(p graphql.ResolveParams) (any, error) {
				return a.subtree(p.Args["code"].(string))
			},
		},
		"depot": &graphql.Field{
			Type: depots,
			Args: graphql.FieldConfigArgument{"code": &graphql.ArgumentConfig{Type: graphql.String}},
			Resolve: func(p graphql.ResolveParams) (any, error) {
				return a.depotTree(p.Context, p.Args["code"].(string))
			},
		},
	}})
	return graphql.NewSchema(graphql.SchemaConfig{Query: query, Mutation: a.mutations()})
}
