// Package oncall tells how services fare.
package oncall

import (
	"context"
	"database/sql"
	"encoding/json"
	"io"

	"github.com/aarondl/sqlboiler/v4/queries/qm"

	"github.com/nplusgone/nplusgone/testdata/rowuse/b/sqlboiler/models"
)

type Incidents struct{ DB *sql.DB }

func (s *Incidents) OfService(ctx context.Context, service string) (models.IncidentSlice, error) {
	return models.Incidents(
		models.IncidentWhere.Service.EQ(service),
	).All(ctx, s.DB) // want: aggregate-in-app
}

func (s *Incidents) anyOpen(ctx context.Context, service string) (bool, error) {
	return models.Incidents(
		models.IncidentWhere.Service.EQ(service),
		qm.And("open"),
	).Exists(ctx, s.DB)
}

// Severities writes how many incidents of each severity a service has had.
func Severities(ctx context.Context, w io.Writer, s *Incidents, service string) error {
	incidents, err := s.OfService(ctx, service)
	if err != nil {
		return err
	}
	counts := map[string]int{}
	for _, in := range incidents {
		counts[in.Severity]++
	}
	return json.NewEncoder(w).Encode(counts)
}

// Light is the colour of a service's light.
func Light(ctx context.Context, s *Incidents, service string) (string, error) {
	open, err := s.anyOpen(ctx, service)
	if err != nil {
		return "grey", err
	}
	if open {
		return "red", nil
	}
	return "green", nil
}
