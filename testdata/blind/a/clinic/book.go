package clinic

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// Book is the front desk.
type Book struct {
	store    *Store
	patients Patients
}

func newBook(s *Store) *Book { return &Book{store: s, patients: s} }

var today = time.Date(2024, 5, 14, 0, 0, 0, 0, time.UTC)

// DaySheet prints who comes when.
func (b *Book) DaySheet(ctx context.Context, day time.Time) (string, error) {
	visits, err := b.store.VisitsOn(ctx, day)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for _, v := range visits { // want loop: n-plus-one
		if v.Status == "cancelled" {
			continue
		}
		line, err := b.sheetLine(ctx, v)
		if err != nil {
			return "", err
		}
		out.WriteString(line)
	}
	return out.String(), nil
}

func (b *Book) sheetLine(ctx context.Context, v Visit) (string, error) {
	p, err := b.patients.Find(ctx, v.Patient)
	if err != nil {
		return "", fmt.Errorf("visit %s: %w", v.ID, err)
	}
	return fmt.Sprintf("%s %s\n", v.At.Format("15:04"), p.Name), nil
}

// AllergyBoard collects the allergies of everybody who comes in on a day.
func (b *Book) AllergyBoard(ctx context.Context, day time.Time) (map[string][]string, error) {
	visits, err := b.store.VisitsOn(ctx, day)
	if err != nil {
		return nil, err
	}
	board := map[string][]string{}
	var mu sync.Mutex
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(3)
	for _, v := range visits { // want loop: n-plus-one
		g.Go(func() error {
			list, err := b.store.Allergies(ctx, v.Patient)
			if err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			board[v.ID] = list
			return nil
		})
	}
	return board, g.Wait()
}

// Remind marks the day's booked visits as reminded.
func (b *Book) Remind(day time.Time) (int, error) {
	visits, err := b.store.VisitsOn(context.Background(), day)
	if err != nil {
		return 0, err
	}
	n := 0
	for i := range visits { // want loop: row-by-row-update
		if visits[i].Status != "booked" {
			continue
		}
		if _, err := b.store.db.Exec(`UPDATE visits SET status = 'reminded' WHERE id = $1`, visits[i].ID); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// FirstAvailable returns the first doctor of a ranking who still has room.
func (b *Book) FirstAvailable(ctx context.Context, ranking []string, day time.Time) (string, error) {
	for _, id := range ranking {
		free, err := b.store.HasFreeSlot(ctx, id, day, 3)
		if err != nil {
			return "", err
		}
		if free {
			return id, nil
		}
	}
	return "", nil
}

// VisitCard is everything that is printed on one visit's card.
func (b *Book) VisitCard(ctx context.Context, visit string) (string, error) {
	db := b.store.db
	var doctor, patient, room string
	var v Visit
	err := db.QueryRowContext(ctx, `SELECT doctor_id, patient_id, room FROM visits WHERE id = $1`, visit).
		Scan(&v.DoctorID, &v.Patient, &v.Room)
	if err != nil {
		return "", err
	}
	d, err := b.store.Doctor(ctx, v.DoctorID)
	if err != nil {
		return "", err
	}
	doctor = d.Name
	if d.Mentor.Valid {
		m, err := b.store.Doctor(ctx, d.Mentor.String)
		if err != nil {
			return "", err
		}
		doctor += " / " + m.Name
	}
	p, err := b.patients.Find(ctx, v.Patient)
	if err != nil {
		return "", err
	}
	patient = p.Name
	if p.Insurer.Valid {
		name, err := b.store.InsurerName(ctx, p.Insurer.String)
		if err != nil {
			return "", err
		}
		patient += " (" + name + ")"
	}
	if v.Room.Valid {
		if err := db.QueryRowContext(ctx, `SELECT label FROM rooms WHERE id = $1`, v.Room.Int64).Scan(&room); err != nil {
			return "", err
		}
	}
	return strings.Join([]string{doctor, patient, room}, "; "), nil
}
