package pharmacy

import (
	"database/sql"
	"errors"
	"strings"

	"github.com/go-gorp/gorp/v3"
)

func recount(x gorp.SqlExecutor) error {
	list, err := allDrugs(x)
	if err != nil {
		return err
	}
	moves := make([]any, 0, len(list))
	for i, d := range list {
		moves = append(moves, &movement{DrugCode: d.Code, Delta: i - 4, Reason: sql.NullString{String: "RECOUNT", Valid: true}})
	}
	return x.Insert(moves...) // want loop: row-by-row-insert
}

func recountInBulk(m *gorp.DbMap) error {
	list, err := allDrugs(m)
	if err != nil {
		return err
	}
	var q strings.Builder
	q.WriteString("INSERT INTO movements (drug_code, delta, reason) VALUES ")
	var args []any
	for i, d := range list {
		mv := movement{DrugCode: d.Code, Delta: i - 4}
		if err := mv.PreInsert(m); err != nil {
			return err
		}
		if i > 0 {
			q.WriteString(", ")
		}
		q.WriteString("(?, ?, ?)")
		args = append(args, mv.DrugCode, mv.Delta, mv.Reason)
	}
	_, err = m.Exec(q.String(), args...)
	return err
}

func raisePrices(m *gorp.DbMap) error {
	tx, err := m.Begin()
	if err != nil {
		return err
	}
	list, err := allDrugs(tx)
	if err != nil {
		return errors.Join(err, tx.Rollback())
	}
	for _, d := range list { // want loop: row-by-row-update
		d.Price += d.Price / 20
		if _, err := tx.Update(d); err != nil {
			return errors.Join(err, tx.Rollback())
		}
	}
	return tx.Commit()
}

func dropExpired(x gorp.SqlExecutor) error {
	var old []*batch
	if _, err := x.Select(&old, `SELECT id, drug_code, expires, quantity, version FROM batches WHERE expires < ?`, 202412); err != nil {
		return err
	}
	for _, b := range old { // want loop: row-by-row-delete
		if _, err := x.Delete(b); err != nil {
			return err
		}
	}
	return nil
}

func dispense(m *gorp.DbMap) error {
	rival := func() error {
		_, err := m.Exec(`UPDATE batches SET version = version + 1 WHERE id = 9`)
		return err
	}
	for attempt := 0; attempt < 5; attempt++ {
		obj, err := m.Get(batch{}, 9)
		if err != nil {
			return err
		}
		if attempt < 3 {
			if err := rival(); err != nil {
				return err
			}
		}
		b := obj.(*batch)
		b.Quantity -= 20
		_, err = m.Update(b)
		var stale gorp.OptimisticLockError
		if errors.As(err, &stale) {
			continue
		}
		return err
	}
	return errors.New("batch 9 is busy")
}

func transfer(x gorp.SqlExecutor) error {
	obj, err := x.Get(batch{}, 8)
	if err != nil {
		return err
	}
	b := obj.(*batch)
	b.Quantity -= 50
	if _, err := x.Update(b); err != nil {
		return err
	}
	if obj, err = x.Get(batch{}, 8); err != nil {
		return err
	}
	b = obj.(*batch)
	b.Quantity += 5
	if _, err := x.Update(b); err != nil {
		return err
	}
	_, err = x.Get(batch{}, 8)
	return err
}
