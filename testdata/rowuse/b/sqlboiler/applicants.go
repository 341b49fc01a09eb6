package sqlboiler

import (
	"context"
	"fmt"
	"io"
	"sync"

	"github.com/aarondl/sqlboiler/v4/boil"

	"github.com/nplusgone/nplusgone/testdata/rowuse/b/sqlboiler/models"
)

type applicantRepo struct{ exec boil.ContextExecutor }

func (r applicantRepo) forVacancy(ctx context.Context, vacancy int64) (models.ApplicantSlice, error) {
	as, err := models.Applicants(models.ApplicantWhere.Vacancy.EQ(vacancy)).All(ctx, r.exec) // want: filter-in-app
	if err != nil {
		return nil, fmt.Errorf("applicants for %d: %w", vacancy, err)
	}
	return as, nil
}

func filter[T any](xs []T, keep func(T) bool) []T {
	out := make([]T, 0, len(xs))
	for _, x := range xs {
		if keep(x) {
			out = append(out, x)
		}
	}
	return out
}

func printShortlist(ctx context.Context, w io.Writer, r applicantRepo, vacancy, score int64) error {
	as, err := r.forVacancy(ctx, vacancy)
	if err != nil {
		return err
	}
	short := filter(as, func(a *models.Applicant) bool { return a.Stage == "interview" && a.Score >= score })
	for _, a := range short {
		fmt.Fprintf(w, "%d %s (%d)\n", a.ID, a.Name, a.Score)
	}
	return nil
}

// applicantIndex finds applicants by their names while a vacancy is worked on.
type applicantIndex struct {
	mu     sync.Mutex
	byName map[string]*models.Applicant
}

func (x *applicantIndex) fill(ctx context.Context, exec boil.ContextExecutor, vacancy int64) error {
	as, err := models.Applicants(models.ApplicantWhere.Vacancy.EQ(vacancy)).All(ctx, exec)
	if err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.byName = make(map[string]*models.Applicant, len(as))
	for _, a := range as {
		x.byName[a.Name] = a
	}
	return nil
}

func (x *applicantIndex) get(name string) (*models.Applicant, bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	a, ok := x.byName[name]
	return a, ok
}
