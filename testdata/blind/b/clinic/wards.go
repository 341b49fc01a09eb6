package clinic

import (
	"context"
	"strings"

	"github.com/nplusgone/nplusgone/testdata/blind/b/clinic/ent"
	"github.com/nplusgone/nplusgone/testdata/blind/b/clinic/ent/patient"
	"github.com/nplusgone/nplusgone/testdata/blind/b/clinic/ent/ward"
)

// Outline prints the wards, each indented below the one that it belongs to.
func Outline(ctx context.Context, client *ent.Client) (string, error) {
	root, err := client.Ward.Query().Where(ward.ParentIDIsNil()).Only(ctx)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	if err := writeWard(ctx, &b, root, 0); err != nil {
		return "", err
	}
	return b.String(), nil
}

func writeWard(ctx context.Context, b *strings.Builder, w *ent.Ward, depth int) error {
	b.WriteString(strings.Repeat("  ", depth) + w.Name + "\n")
	units, err := w.QueryUnits().Order(ent.Asc(ward.FieldName)).All(ctx)
	if err != nil {
		return err
	}
	for _, u := range units { // want loop: recursive-query
		if err := writeWard(ctx, b, u, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// Occupancy tells how many beds are taken.
type Occupancy struct {
	Ward  string
	Beds  int
	Taken int
}

type bedManager struct {
	client *ent.Client
}

func (m *bedManager) taken(w *ent.Ward) (int, error) {
	return m.client.Patient.Query().
		Where(patient.WardID(w.ID), patient.StatusNEQ("discharged")).
		Count(context.Background())
}

// Report counts ward by ward.
func (m *bedManager) Report() ([]Occupancy, error) {
	wards, err := m.client.Ward.Query().All(context.Background())
	if err != nil {
		return nil, err
	}
	var out []Occupancy
	for _, w := range wards { // want loop: n-plus-one
		n, err := m.taken(w)
		if err != nil {
			return nil, err
		}
		out = append(out, Occupancy{Ward: w.Name, Beds: w.Beds, Taken: n})
	}
	return out, nil
}

// Summary makes the same table out of two queries.
func (m *bedManager) Summary(ctx context.Context) ([]Occupancy, error) {
	wards, err := m.client.Ward.Query().All(ctx)
	if err != nil {
		return nil, err
	}
	var groups []struct {
		WardID int `json:"ward_id"`
		Count  int `json:"count"`
	}
	err = m.client.Patient.Query().
		Where(patient.WardIDNotNil(), patient.StatusNEQ("discharged")).
		GroupBy(patient.FieldWardID).
		Aggregate(ent.Count()).
		Scan(ctx, &groups)
	if err != nil {
		return nil, err
	}
	taken := func(id int) int {
		for _, g := range groups {
			if g.WardID == id {
				return g.Count
			}
		}
		return 0
	}
	var out []Occupancy
	for _, w := range wards {
		out = append(out, Occupancy{Ward: w.Name, Beds: w.Beds, Taken: taken(w.ID)})
	}
	return out, nil
}

// Board has the numbers on the screen in the hall.
type Board struct {
	Admitted, Waiting, ICU, Discharged int
	PerState                           map[string]int
	Wards, Visits                      int
}

// HallBoard reads the numbers for the hall.
func (m *bedManager) HallBoard() (b Board, err error) {
	if b.Wards, err = m.client.Ward.Query().Count(context.Background()); err != nil {
		return b, err
	}
	if b.Visits, err = m.client.Visit.Query().Count(context.Background()); err != nil {
		return b, err
	}
	for _, slot := range []struct {
		status string
		into   *int
	}{
		{"admitted", &b.Admitted},
		{"waiting", &b.Waiting},
		{"icu", &b.ICU},
		{"discharged", &b.Discharged},
	} {
		*slot.into, err = m.client.Patient.Query().Where(patient.Status(slot.status)).Count(context.Background())
		if err != nil {
			return b, err
		}
	}
	return b, nil
}
