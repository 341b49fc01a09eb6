package fleet

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

type vehicle struct {
	Plate    string `json:"plate"`
	Model    string `json:"model"`
	Depot    string `json:"depotCode"`
	Odometer int    `json:"odometer"`
	driverID sql.NullInt64
	driver   *driver
}

type driver struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
}

type service struct {
	DoneOn string `json:"doneOn"`
	Cost   int    `json:"cost"`
}

type depot struct {
	Code     string   `json:"code"`
	Name     string   `json:"name"`
	Children []*depot `json:"children"`
}

// garage is the data layer. Placeholders are written as $n, which both databases know.
type garage struct{ db *sql.DB }

func (g *garage) vehicles(ctx context.Context) ([]*vehicle, error) {
	rows, err := g.db.QueryContext(ctx, `SELECT plate, model, depot, odometer, driver_id FROM vehicles ORDER BY plate`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []*vehicle
	for rows.Next() {
		v := new(vehicle)
		if err := rows.Scan(&v.Plate, &v.Model, &v.Depot, &v.Odometer, &v.driverID); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

func marks(n int) string {
	m := make([]string, n)
	for i := range m {
		m[i] = fmt.Sprint("$", i+1)
	}
	return strings.Join(m, ", ")
}

func (g *garage) drivers(ctx context.Context, ids []int64) (map[int64]*driver, error) {
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	rows, err := g.db.QueryContext(ctx, `SELECT id, name FROM drivers WHERE id IN (`+marks(len(ids))+`)`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := make(map[int64]*driver, len(ids))
	for rows.Next() {
		d := new(driver)
		if err := rows.Scan(&d.ID, &d.Name); err != nil {
			return nil, err
		}
		out[d.ID] = d
	}
	return out, rows.Err()
}

func (g *garage) subtree(code string) ([]*depot, error) {
	rows, err := g.db.Query(`SELECT code, name FROM depots WHERE parent = $1 ORDER BY code`, code)
	if err != nil {
		return nil, err
	}
	var out []*depot
	for rows.Next() {
		d := new(depot)
		if err := rows.Scan(&d.Code, &d.Name); err != nil {
			rows.Close()
			return nil, err
		}
		out = append(out, d)
	}
	if err := rows.Close(); err != nil {
		return nil, err
	}
	for _, d := range out { // want loop: recursive-query
		if d.Children, err = g.subtree(d.Code); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (g *garage) depotTree(ctx context.Context, root string) (*depot, error) {
	rows, err := g.db.QueryContext(ctx, `WITH RECURSIVE t(code, name, parent) AS (
		SELECT code, name, parent FROM depots WHERE code = $1
		UNION ALL SELECT d.code, d.name, d.parent FROM depots d JOIN t ON d.parent = t.code)
		SELECT code, name, coalesce(parent, '') FROM t`, root)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	kids := map[string][]*depot{}
	var top *depot
	for rows.Next() {
		d, parent := new(depot), ""
		if err := rows.Scan(&d.Code, &d.Name, &parent); err != nil {
			return nil, err
		}
		if d.Code == root {
			top = d
		}
		kids[parent] = append(kids[parent], d)
	}
	if top != nil {
		graft(top, kids)
	}
	return top, rows.Err()
}

func graft(d *depot, kids map[string][]*depot) {
	d.Children = kids[d.Code]
	for _, c := range d.Children {
		graft(c, kids)
	}
}
