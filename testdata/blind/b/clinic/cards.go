package clinic

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"

	"github.com/nplusgone/nplusgone/testdata/blind/b/clinic/ent"
	"github.com/nplusgone/nplusgone/testdata/blind/b/clinic/ent/labresult"
	"github.com/nplusgone/nplusgone/testdata/blind/b/clinic/ent/visit"
)

// PatientCard is what the front desk sees of a patient.
type PatientCard struct {
	Title string
	Risk  int
}

// A VisitResolver fills in the fields of a visit that are not its own columns.
type VisitResolver interface {
	Patient(ctx context.Context, v *ent.Visit) (*PatientCard, error)
}

type edgeResolver struct{}

func (edgeResolver) Patient(ctx context.Context, v *ent.Visit) (*PatientCard, error) {
	p, err := v.QueryPatient().Only(ctx)
	if err != nil {
		return nil, fmt.Errorf("patient of visit %d: %w", v.ID, err)
	}
	return &PatientCard{Title: p.Name + " (" + p.Mrn + ")", Risk: p.Risk}, nil
}

// VisitCard is one visit on the screen of the front desk.
type VisitCard struct {
	ID      int
	Patient *PatientCard
}

// Desk shows the visits of the day.
type Desk struct {
	client   *ent.Client
	resolver VisitResolver
}

// Cards resolves the newest visits.
func (d *Desk) Cards(ctx context.Context, limit int) ([]VisitCard, error) {
	visits, err := d.client.Visit.Query().Order(ent.Desc(visit.FieldAt)).Limit(limit).All(ctx)
	if err != nil {
		return nil, err
	}
	cards := make([]VisitCard, len(visits))
	for i := range visits { // want loop: n-plus-one
		cards[i].ID = visits[i].ID
		if cards[i].Patient, err = d.resolver.Patient(ctx, visits[i]); err != nil {
			return nil, err
		}
	}
	return cards, nil
}

// Fees adds up what the visits cost; each lab value is charged too.
func Fees(ctx context.Context, client *ent.Client, perValue int) (map[int]int, error) {
	visits, err := client.Visit.Query().Where(visit.FeeCentsGT(0)).All(ctx)
	if err != nil {
		return nil, err
	}
	totals := make([]int, len(visits))
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(3)
	for i, v := range visits { // want loop: n-plus-one
		g.Go(func() error {
			n, err := client.LabResult.Query().Where(labresult.VisitID(v.ID)).Count(gctx)
			if err != nil {
				return err
			}
			totals[i] = v.FeeCents + n*perValue
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	byPatient := map[int]int{}
	for i, v := range visits {
		byPatient[v.PatientID] += totals[i]
	}
	return byPatient, nil
}
