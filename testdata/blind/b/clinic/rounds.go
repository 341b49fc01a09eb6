package clinic

import (
	"context"
	"time"

	"github.com/nplusgone/nplusgone/testdata/blind/b/clinic/ent"
	"github.com/nplusgone/nplusgone/testdata/blind/b/clinic/ent/patient"
	"github.com/nplusgone/nplusgone/testdata/blind/b/clinic/ent/visit"
)

// SheetLine is one line of the list that the physician carries on the round.
type SheetLine struct {
	Name      string
	MRN       string
	Ward      string
	LastSeen  *time.Time
	Abnormals int
}

// Rounds makes the sheets for ward rounds.
type Rounds struct {
	client *ent.Client
}

// Morning lists everybody who is admitted with the time of the last visit.
func (r *Rounds) Morning(ctx context.Context) ([]SheetLine, error) {
	patients, err := r.client.Patient.Query().
		Where(patient.StatusEQ("admitted")).
		Order(ent.Asc(patient.FieldName)).
		All(ctx)
	if err != nil {
		return nil, err
	}
	lines := make([]SheetLine, 0, len(patients))
	for _, p := range patients { // want loop: n-plus-one
		line := SheetLine{Name: p.Name, MRN: p.Mrn}
		last, err := latestVisit(ctx, p)
		if err != nil {
			return nil, err
		}
		if last != nil {
			line.LastSeen = &last.At
		}
		lines = append(lines, line)
	}
	return lines, nil
}

func latestVisit(ctx context.Context, p *ent.Patient) (*ent.Visit, error) {
	v, err := p.QueryVisits().Order(ent.Desc(visit.FieldAt)).First(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return v, err
}

// Evening lists the same people with their wards and the number of flagged lab values.
func (r *Rounds) Evening(ctx context.Context) ([]SheetLine, error) {
	patients, err := r.client.Patient.Query().
		Where(patient.StatusEQ("admitted")).
		WithWard().
		WithVisits(func(q *ent.VisitQuery) {
			q.Order(ent.Desc(visit.FieldAt)).WithResults()
		}).
		All(ctx)
	if err != nil {
		return nil, err
	}
	var lines []SheetLine
	for _, p := range patients {
		line, err := eveningLine(p)
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}

func eveningLine(p *ent.Patient) (SheetLine, error) {
	line := SheetLine{Name: p.Name, MRN: p.Mrn}
	if w := p.Edges.Ward; w != nil {
		line.Ward = w.Name
	}
	visits, err := p.Edges.VisitsOrErr()
	if err != nil {
		return line, err
	}
	for i, v := range visits {
		if i == 0 {
			line.LastSeen = &v.At
		}
		results, err := v.Edges.ResultsOrErr()
		if err != nil {
			return line, err
		}
		for _, res := range results {
			if res.Flag != nil {
				line.Abnormals++
			}
		}
	}
	return line, nil
}
