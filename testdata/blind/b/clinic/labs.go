package clinic

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/nplusgone/nplusgone/testdata/blind/b/clinic/ent"
	"github.com/nplusgone/nplusgone/testdata/blind/b/clinic/ent/labresult"
	"github.com/nplusgone/nplusgone/testdata/blind/b/clinic/ent/patient"
	"github.com/nplusgone/nplusgone/testdata/blind/b/clinic/ent/visit"
)

// Observation is one segment of a message from the laboratory.
type Observation struct {
	Visit int
	Code  string
	Value float64
	Flag  string
}

// LabGateway stores what the laboratory sends.
type LabGateway struct {
	client *ent.Client
}

func (g *LabGateway) store(ctx context.Context, o Observation) error {
	c := g.client.LabResult.Create().SetVisitID(o.Visit).SetCode(o.Code).SetValue(o.Value)
	if o.Flag != "" {
		c.SetFlag(o.Flag)
	}
	return c.Exec(ctx)
}

// Receive stores one message with all its segments.
func (g *LabGateway) Receive(ctx context.Context, segments []Observation) (stored int, err error) {
	for _, o := range segments { // want loop: row-by-row-insert
		if err = g.store(ctx, o); err != nil {
			return stored, err
		}
		stored++
	}
	return stored, nil
}

// ReceiveFeed stores the export of a night.
func (g *LabGateway) ReceiveFeed(ctx context.Context, feed []Observation) error {
	for part := range slices.Chunk(feed, 25) {
		err := g.client.LabResult.MapCreateBulk(part, func(c *ent.LabResultCreate, i int) {
			c.SetVisitID(part[i].Visit).SetCode(part[i].Code).SetValue(part[i].Value)
			if part[i].Flag != "" {
				c.SetFlag(part[i].Flag)
			}
		}).Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}

var errNoResult = errors.New("no result in time")

// Await waits until the laboratory has posted a value for the visit.
func (g *LabGateway) Await(ctx context.Context, visitID int, code string, every time.Duration) (float64, error) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for range 200 {
		r, err := g.client.LabResult.Query().Where(labresult.VisitID(visitID), labresult.Code(code)).First(ctx)
		switch {
		case err == nil:
			return r.Value, nil
		case !ent.IsNotFound(err):
			return 0, err
		}
		select {
		case <-ctx.Done():
			return 0, ctx.Err()
		case <-tick.C:
		}
	}
	return 0, errNoResult
}

// Census goes through all patients in pages and returns those with more than one visit.
func Census(ctx context.Context, client *ent.Client, pageSize int) ([]string, error) {
	var frequent []string
	last := 0
	for {
		page, err := client.Patient.Query().
			Where(patient.IDGT(last)).
			Order(ent.Asc(patient.FieldID)).
			Limit(pageSize).
			All(ctx)
		if err != nil {
			return nil, err
		}
		if len(page) == 0 {
			return frequent, nil
		}
		ids := make([]int, len(page))
		for i, p := range page {
			ids[i] = p.ID
		}
		var counts []struct {
			PatientID int `json:"patient_id"`
			Count     int `json:"count"`
		}
		err = client.Visit.Query().Where(visit.PatientIDIn(ids...)).
			GroupBy(visit.FieldPatientID).Aggregate(ent.Count()).Scan(ctx, &counts)
		if err != nil {
			return nil, err
		}
		for _, c := range counts {
			if i := slices.Index(ids, c.PatientID); i >= 0 && c.Count > 1 {
				frequent = append(frequent, page[i].Mrn)
			}
		}
		last = ids[len(ids)-1]
	}
}
