package worker

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/nplusgone/nplusgone"
)

type invoice struct {
	ID, AccountID, Cents int64
}

func openInvoices(ctx context.Context, db *sql.DB) ([]invoice, error) {
	rows, err := db.QueryContext(ctx, `SELECT id, account_id, cents FROM invoices WHERE state = 'open' ORDER BY due`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []invoice
	for rows.Next() {
		var inv invoice
		if err := rows.Scan(&inv.ID, &inv.AccountID, &inv.Cents); err != nil {
			return nil, err
		}
		list = append(list, inv)
	}
	return list, rows.Err()
}

func accountEmail(ctx context.Context, db *sql.DB, id int64) (email string, err error) {
	err = db.QueryRowContext(ctx, `SELECT email FROM accounts WHERE id = ?`, id).Scan(&email)
	return email, err
}

func accountIDs(ctx context.Context, db *sql.DB) (ids []int64, err error) {
	rows, err := db.QueryContext(ctx, `SELECT id FROM accounts ORDER BY email`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// remind lists whom to remind of what, in a job's own scope.
func remind(ctx context.Context, db *sql.DB) (lines []string, err error) {
	ctx, end := nplusgone.Begin(ctx, "remind")
	defer end()
	invoices, err := openInvoices(ctx, db)
	if err != nil {
		return nil, err
	}
	for _, inv := range invoices { // want loop: n-plus-one
		email, err := accountEmail(ctx, db, inv.AccountID)
		if err != nil {
			return nil, err
		}
		lines = append(lines, fmt.Sprintf("%s owes %d", email, inv.Cents))
	}
	return lines, nil
}

func expire(ctx context.Context, db *sql.DB) error {
	invoices, err := openInvoices(ctx, db)
	if err != nil {
		return err
	}
	for _, inv := range invoices { // want loop: row-by-row-update
		if _, err := db.ExecContext(ctx, `UPDATE invoices SET state = 'expired' WHERE id = ?`, inv.ID); err != nil {
			return err
		}
	}
	return nil
}

func digest(ctx context.Context, db *sql.DB, subject string) error {
	ids, err := accountIDs(ctx, db)
	if err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, id := range ids { // want loop: row-by-row-insert
		if _, err := tx.ExecContext(ctx, `INSERT INTO emails (account_id, subject) VALUES (?, ?)`, id, subject); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func sweep(ctx context.Context, db *sql.DB) (err error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			tx.Rollback()
		}
	}()
	rows, err := tx.QueryContext(ctx, `SELECT id FROM jobs WHERE state = 'done'`)
	if err != nil {
		return err
	}
	var done []string
	for rows.Next() {
		var id string
		if err = rows.Scan(&id); err != nil {
			rows.Close()
			return err
		}
		done = append(done, id)
	}
	rows.Close()
	for len(done) > 0 { // want loop: row-by-row-delete
		if _, err = tx.ExecContext(ctx, `DELETE FROM jobs WHERE id = ?`, done[0]); err != nil {
			return err
		}
		done = done[1:]
	}
	return tx.Commit()
}

// emails looks addresses up with several workers.
func emails(ctx context.Context, db *sql.DB, workers int) (map[int64]string, error) {
	all, err := accountIDs(ctx, db)
	if err != nil {
		return nil, err
	}
	ids := make(chan int64)
	found := map[int64]string{}
	var mu sync.Mutex
	var failed error
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for id := range ids { // want loop: n-plus-one
				email, err := accountEmail(ctx, db, id)
				mu.Lock()
				found[id] = email
				failed = errors.Join(failed, err)
				mu.Unlock()
			}
		})
	}
	for _, id := range all { // want loop: n-plus-one
		ids <- id
	}
	close(ids)
	wg.Wait()
	return found, failed
}

// webhooks asks for the address of each account's hook at the same time.
func webhooks(ctx context.Context, db *sql.DB) ([]string, error) {
	ids, err := accountIDs(ctx, db)
	if err != nil {
		return nil, err
	}
	urls, errs := make([]string, len(ids)), make([]error, len(ids))
	var wg sync.WaitGroup
	for i := range ids { // want loop: n-plus-one
		wg.Go(func() {
			errs[i] = db.QueryRowContext(ctx, `SELECT url FROM webhooks WHERE account_id = ?`, ids[i]).Scan(&urls[i])
		})
	}
	wg.Wait()
	return urls, errors.Join(errs...)
}

// notify goes on after the request is over, so that it takes no context along.
func notify(db *sql.DB, done chan<- error) {
	go func() {
		ctx := context.Background()
		ids, err := accountIDs(ctx, db)
		for _, id := range ids { // want loop: n-plus-one
			if _, e := accountEmail(ctx, db, id); e != nil {
				err = errors.Join(err, e)
			}
		}
		done <- err
	}()
}

func enabled(ctx context.Context, db *sql.DB, flag string) (on bool, err error) {
	err = db.QueryRowContext(ctx, `SELECT enabled FROM flags WHERE name = ?`, flag).Scan(&on)
	return on, err
}

// compose writes the mails of a night, as HTML where that is on.
func compose(ctx context.Context, db *sql.DB) (mails []string, err error) {
	invoices, err := openInvoices(ctx, db)
	if err != nil {
		return nil, err
	}
	for _, inv := range invoices { // want loop: duplicate-query
		html, err := enabled(ctx, db, "html_mail")
		if err != nil {
			return nil, err
		}
		mails = append(mails, fmt.Sprintf("invoice %d html=%v", inv.ID, html))
	}
	return mails, nil
}

// transfer moves money between the three accounts of one order.
func transfer(ctx context.Context, db *sql.DB, order int64) (plans []string, err error) {
	var buyer, seller, broker int64
	err = db.QueryRowContext(ctx, `SELECT account_id, account_id + 11, account_id + 22 FROM invoices WHERE id = ?`, order).Scan(&buyer, &seller, &broker)
	if err != nil {
		return nil, err
	}
	for _, id := range []int64{buyer, seller, broker} {
		var plan string
		if err := db.QueryRowContext(ctx, `SELECT plan FROM accounts WHERE id = ?`, id).Scan(&plan); err != nil {
			return nil, err
		}
		plans = append(plans, plan)
	}
	return plans, nil
}

// retry runs fn until it works, a little later each time.
func retry(ctx context.Context, times int, fn func() error) (err error) {
	for try := range times {
		if err = fn(); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Millisecond << try):
		}
	}
	return err
}

// deliver stores one mail; the first tries find the table in the way of somebody else.
func deliver(ctx context.Context, db *sql.DB, account int64) error {
	tries := 0
	return retry(ctx, 5, func() error {
		tries++
		if tries < 4 {
			_, err := db.ExecContext(ctx, `INSERT INTO emails (id, account_id, subject) VALUES ('not a number', ?, ?)`, account, "hello")
			return err
		}
		_, err := db.ExecContext(ctx, `INSERT INTO emails (account_id, subject) VALUES (?, ?)`, account, "hello")
		return err
	})
}

// settle waits until an invoice is paid, and gives up some time later.
func settle(ctx context.Context, db *sql.DB, id int64) (string, error) {
	for deadline := time.Now().Add(20 * time.Millisecond); time.Now().Before(deadline); time.Sleep(2 * time.Millisecond) {
		var state string
		if err := db.QueryRowContext(ctx, `SELECT state FROM invoices WHERE id = ?`, id).Scan(&state); err != nil {
			return "", err
		}
		if state == "paid" {
			return state, nil
		}
	}
	return "open", nil
}
