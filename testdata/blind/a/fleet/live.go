package fleet

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"
)

// LiveMap loads the newest position of each vehicle.
func (f *Fleet) LiveMap(ctx context.Context, tenant string) (map[string]Position, error) {
	var list []Vehicle
	if err := f.db.SelectContext(ctx, &list, `SELECT * FROM vehicles WHERE tenant = $1`, tenant); err != nil {
		return nil, err
	}
	var (
		wg   sync.WaitGroup
		mu   sync.Mutex
		errs []error
		dots = map[string]Position{}
	)
	for _, v := range list { // want loop: n-plus-one
		wg.Add(1)
		go func(v Vehicle) {
			defer wg.Done()
			p, err := f.lastSeen(ctx, v.ID)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case errors.Is(err, sql.ErrNoRows):
			case err != nil:
				errs = append(errs, err)
			default:
				dots[v.Plate] = p
			}
		}(v)
	}
	wg.Wait()
	return dots, errors.Join(errs...)
}

func (f *Fleet) lastSeen(ctx context.Context, vehicle int64) (p Position, err error) {
	err = f.db.GetContext(ctx, &p, `SELECT vehicle_id, at, lat, lon FROM positions WHERE vehicle_id = $1 ORDER BY at DESC LIMIT 1`, vehicle)
	return
}

// Lookup answers which vehicles belong to the plates a client has sent.
func (f *Fleet) Lookup(plates []string) ([]string, error) {
	var out []string
	for _, plate := range plates { // want loop: n-plus-one
		var v Vehicle
		if err := f.db.Get(&v, f.db.Rebind(`SELECT * FROM vehicles WHERE plate = ?`), plate); errors.Is(err, sql.ErrNoRows) {
			out = append(out, plate+": unknown")
		} else if err != nil {
			return nil, err
		} else {
			out = append(out, fmt.Sprintf("%s: %d %s", plate, v.ID, v.Note.String))
		}
	}
	return out, nil
}

// Nearby widens the circle until there are enough vehicles in it.
func (f *Fleet) Nearby(ctx context.Context, lat, lon float64, least int) ([]int64, error) {
	var ids []int64
	for radius := 0.25; radius < 64; radius *= 2 {
		ids = ids[:0]
		err := f.db.SelectContext(ctx, &ids, `
			SELECT DISTINCT vehicle_id FROM positions
			WHERE abs(lat - $1) < $3 AND abs(lon - $2) < $3`, lat, lon, radius)
		if err != nil {
			return nil, err
		}
		if len(ids) >= least {
			break
		}
	}
	return ids, nil
}

// loader joins the look-ups of a short while to one statement.
type loader struct {
	fetch func(ctx context.Context, ids []int64) ([]Driver, error)
	wait  time.Duration

	mu    sync.Mutex
	batch *batch
}

type batch struct {
	ids  []int64
	done chan struct{}
	rows map[int64]Driver
	err  error
}

func (l *loader) load(ctx context.Context, id int64) (Driver, error) {
	l.mu.Lock()
	b := l.batch
	if b == nil {
		b = &batch{done: make(chan struct{})}
		l.batch = b
		time.AfterFunc(l.wait, func() { l.dispatch(ctx, b) })
	}
	b.ids = append(b.ids, id)
	l.mu.Unlock()
	<-b.done
	return b.rows[id], b.err
}

func (l *loader) dispatch(ctx context.Context, b *batch) {
	l.mu.Lock()
	l.batch = nil
	l.mu.Unlock()
	defer close(b.done)
	list, err := l.fetch(ctx, b.ids)
	b.rows, b.err = map[int64]Driver{}, err
	for _, d := range list {
		b.rows[d.ID] = d
	}
}

// Roster tells who drives what.
func (f *Fleet) Roster(ctx context.Context) (map[string]string, error) {
	var list []Vehicle
	if err := f.db.SelectContext(ctx, &list, `SELECT * FROM vehicles WHERE driver_id IS NOT NULL`); err != nil {
		return nil, err
	}
	l := &loader{fetch: f.drivers.ByIDs, wait: 15 * time.Millisecond}
	names := make([]string, len(list))
	errs := make([]error, len(list))
	var wg sync.WaitGroup
	for i, v := range list {
		wg.Add(1)
		go func() {
			defer wg.Done()
			var d Driver
			d, errs[i] = l.load(ctx, v.Driver.Int64)
			names[i] = d.Name
		}()
	}
	wg.Wait()
	roster := map[string]string{}
	for i, v := range list {
		roster[v.Plate] = names[i]
	}
	return roster, errors.Join(errs...)
}
