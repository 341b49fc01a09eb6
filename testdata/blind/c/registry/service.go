package registry

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
)

func letters(ctx context.Context, db *sql.DB) error {
	r := newRegistry(db)
	for p, err := range r.patients.All(ctx) { // want loop: n-plus-one
		if err != nil {
			return err
		}
		if !p.Practice.Valid {
			continue
		}
		if _, err := r.practices.Get(ctx, p.Practice.String); err != nil {
			return err
		}
	}
	return nil
}

func waitingRoom(message string) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error {
		var ids []string
		if err := json.Unmarshal([]byte(message), &ids); err != nil {
			return err
		}
		return callIn(ctx, db, ids)
	}
}

func callIn(ctx context.Context, db *sql.DB, ids []string) error {
	for _, id := range ids { // want loop: n-plus-one
		p, err := Find[Patient](ctx, db, id)
		if err != nil {
			return err
		}
		_ = p.Name
	}
	return nil
}

func study(ctx context.Context, db *sql.DB) error {
	r := newRegistry(db)
	list, err := r.patients.List(ctx, "name < $1", "Z")
	if err != nil {
		return err
	}
	var fault error
	agreed := func(p *Patient) bool {
		var yes bool
		if err := db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM consents WHERE patient_id = $1 AND purpose = 'research')`, p.ID).Scan(&yes); err != nil {
			fault = err
		}
		return yes
	}
	n := 0
	for range Filter(slices.Values(list), agreed) { // want loop: n-plus-one
		n++
	}
	if n == 0 && fault == nil {
		return errors.New("nobody agreed")
	}
	return fault
}

func referrals(ctx context.Context, db *sql.DB) error {
	r := newRegistry(db)
	visits, err := r.visits.List(ctx, "minutes IS NOT NULL")
	if err != nil {
		return err
	}
	var patients Getter[Patient] = &Counting[Patient]{Getter: r.patients}
	names := map[string]string{}
	for i := range visits { // want loop: n-plus-one
		p, err := patients.Get(ctx, visits[i].Patient)
		if err != nil {
			return err
		}
		names[visits[i].ID] = p.Name
	}
	return nil
}

func workload(_ context.Context, db *sql.DB) error {
	r := newRegistry(db)
	for page, err := range r.patients.Pages(context.Background(), 5, func(p *Patient) string { return p.ID }) {
		if err != nil {
			return err
		}
		for _, p := range page { // want loop: n-plus-one
			var minutes sql.NullInt64
			if err := db.QueryRow(`SELECT sum(minutes) FROM visits WHERE patient_id = $1`, p.ID).Scan(&minutes); err != nil {
				return err
			}
		}
	}
	return nil
}

func labels(ctx context.Context, db *sql.DB) error {
	r := newRegistry(db)
	n := 0
	for page, err := range r.patients.Pages(ctx, 3, func(p *Patient) string { return p.ID }) {
		if err != nil {
			return err
		}
		n += len(page)
	}
	if n != 12 {
		return fmt.Errorf("%d labels", n)
	}
	return nil
}

func recall(ctx context.Context, db *sql.DB) error {
	r := newRegistry(db)
	due := map[string]bool{}
	for v, err := range r.visits.All(ctx) {
		if err != nil {
			return err
		}
		due[v.Patient] = true
	}
	for part := range slices.Chunk(slices.Sorted(maps.Keys(due)), 2) {
		if _, err := r.patients.Many(ctx, part); err != nil {
			return err
		}
	}
	return nil
}

func identify(ctx context.Context, db *sql.DB) error {
	ids := []struct{ kind, value string }{{"health", "000-000"}, {"email", "lynn@example.org"}, {"phone", "0700 11"}, {"paper", "17"}}
	for _, id := range ids {
		var patient string
		err := db.QueryRowContext(ctx, `SELECT patient_id FROM aliases WHERE kind = $1 AND value = $2`, id.kind, id.value).Scan(&patient)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return err
		}
		_, err = Find[Patient](ctx, db, patient)
		return err
	}
	return errNotFound
}

func totals(ctx context.Context, db *sql.DB) error {
	r := newRegistry(db)
	n := map[string]int{}
	steps := []func() error{
		func() error { return tally(n, "practices", r.practices.All(ctx)) },
		func() error { return tally(n, "patients", r.patients.All(ctx)) },
		func() error { return tally(n, "visits", r.visits.All(ctx)) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func tally[T any](n map[string]int, name string, seq iter.Seq2[T, error]) error {
	for _, err := range seq {
		if err != nil {
			return err
		}
		n[name]++
	}
	return nil
}

func match(ctx context.Context, db *sql.DB) error {
	r := newRegistry(db)
	visits, err := r.visits.List(ctx, "id > $1", "")
	if err != nil {
		return err
	}
	slices.SortFunc(visits, func(a, b *Visit) int { return cmpString(a.Patient, b.Patient) })
	next, stop := iter.Pull2(r.patients.All(ctx))
	defer stop()
	p, err, ok := next()
	for _, v := range visits {
		for ok && err == nil && p.ID < v.Patient {
			p, err, ok = next()
		}
	}
	return err
}

func cmpString(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func transferSummary(ctx context.Context, db *sql.DB) error {
	p, err := Find[Patient](ctx, db, "33e9-77")
	if err != nil {
		return err
	}
	from, err := Find[Practice](ctx, db, p.Practice.String)
	if err != nil {
		return err
	}
	to, err := Find[Practice](ctx, db, "d9e0")
	if err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, `UPDATE patients SET practice_id = $1 WHERE id = $2`, to.ID, p.ID); err != nil {
		return err
	}
	if p, err = Find[Patient](ctx, db, p.ID); err != nil {
		return err
	}
	if p.Practice.String == from.ID {
		return errors.New("not moved")
	}
	return nil
}

func byLastVisit(ctx context.Context, db *sql.DB) error {
	r := newRegistry(db)
	list, err := r.patients.List(ctx, "practice_id IS NOT NULL")
	if err != nil {
		return err
	}
	last := func(p *Patient) string {
		var id sql.NullString
		if e := db.QueryRowContext(ctx, `SELECT max(id) FROM visits WHERE patient_id = $1`, p.ID).Scan(&id); e != nil {
			err = e
		}
		return id.String
	}
	slices.SortFunc(list, func(a, b *Patient) int { return cmpString(last(a), last(b)) }) // want loop: n-plus-one duplicate-query
	return err
}

func sortedByMinutes(ctx context.Context, db *sql.DB) error {
	r := newRegistry(db)
	list, err := r.patients.List(ctx, "practice_id IS NOT NULL")
	if err != nil {
		return err
	}
	sums := map[string]int64{}
	for v, err := range r.visits.All(ctx) {
		if err != nil {
			return err
		}
		sums[v.Patient] += v.Minutes.Int64
	}
	slices.SortFunc(list, func(a, b *Patient) int { return int(sums[a.ID] - sums[b.ID]) })
	return nil
}
