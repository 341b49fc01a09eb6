package clinic

import (
	"context"
	"fmt"
	"time"

	"github.com/nplusgone/nplusgone/testdata/blind/b/clinic/ent"
	"github.com/nplusgone/nplusgone/testdata/blind/b/clinic/ent/hook"
	"github.com/nplusgone/nplusgone/testdata/blind/b/clinic/ent/patient"
	"github.com/nplusgone/nplusgone/testdata/blind/b/clinic/ent/ward"
)

// inTx runs fn in a transaction.
func inTx(ctx context.Context, client *ent.Client, fn func(tx *ent.Tx) error) error {
	tx, err := client.Tx(ctx)
	if err != nil {
		return err
	}
	if err := fn(tx); err != nil {
		if rerr := tx.Rollback(); rerr != nil {
			err = fmt.Errorf("%w: rolling back: %v", err, rerr)
		}
		return err
	}
	return tx.Commit()
}

// DischargeLowRisk sends home everybody below the limit.
func DischargeLowRisk(ctx context.Context, client *ent.Client, limit int, now time.Time) (int, error) {
	home := 0
	err := inTx(ctx, client, func(tx *ent.Tx) error {
		candidates, err := tx.Patient.Query().Where(patient.RiskLT(limit), patient.Status("admitted")).All(ctx)
		if err != nil {
			return err
		}
		for _, p := range candidates { // want loop: row-by-row-update
			if p.WardID == nil {
				continue
			}
			if _, err := p.Update().SetStatus("discharged").SetSeenAt(now).Save(ctx); err != nil {
				return err
			}
			home++
		}
		return nil
	})
	return home, err
}

// Exchange swaps the bed counts of two wards; both rows are locked in the order of their ids.
func Exchange(ctx context.Context, client *ent.Client, a, b int) error {
	return inTx(ctx, client, func(tx *ent.Tx) error {
		ids := [2]int{min(a, b), max(a, b)}
		var locked [2]*ent.Ward
		for i, id := range ids {
			w, err := tx.Ward.Query().Where(ward.ID(id)).ForUpdate().Only(ctx)
			if err != nil {
				return err
			}
			locked[i] = w
		}
		if err := tx.Ward.UpdateOneID(ids[0]).SetBeds(locked[1].Beds).Exec(ctx); err != nil {
			return err
		}
		return tx.Ward.UpdateOneID(ids[1]).SetBeds(locked[0].Beds).Exec(ctx)
	})
}

// onlyInHouse refuses visits for people who are not in the house.
func onlyInHouse(next ent.Mutator) ent.Mutator {
	return hook.VisitFunc(func(ctx context.Context, m *ent.VisitMutation) (ent.Value, error) {
		id, ok := m.PatientID()
		if !ok {
			return nil, fmt.Errorf("visit without a patient")
		}
		p, err := m.Client().Patient.Get(ctx, id)
		if err != nil {
			return nil, err
		}
		if p.Status == "discharged" {
			return nil, fmt.Errorf("%s has left", p.Mrn)
		}
		return next.Mutate(ctx, m)
	})
}

// Scheduler plans visits.
type Scheduler struct {
	client *ent.Client
}

// NewScheduler returns a Scheduler that checks each visit it plans.
func NewScheduler(client *ent.Client) *Scheduler {
	client.Visit.Use(onlyInHouse)
	return &Scheduler{client: client}
}

// PlanFor plans a visit for each patient.
func (s *Scheduler) PlanFor(ctx context.Context, at time.Time, patients []int) ([]*ent.Visit, error) {
	builders := make([]*ent.VisitCreate, 0, len(patients))
	for i, id := range patients {
		at := at.Add(time.Duration(i) * 20 * time.Minute)
		builders = append(builders, s.client.Visit.Create().SetPatientID(id).SetAt(at).SetReason("follow-up"))
	}
	return s.client.Visit.CreateBulk(builders...).Save(ctx) // want loop: n-plus-one
}
