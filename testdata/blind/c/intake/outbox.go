package intake

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

type event struct {
	id          int64
	topic, body string
}

// bus stands for a message broker.
type bus struct{ sent int }

func (b *bus) publish(event) error { b.sent++; return nil }

func claim(ctx context.Context, tx *sql.Tx, where string, args ...any) ([]event, error) {
	rows, err := tx.QueryContext(ctx, `SELECT id, topic, body FROM outbox WHERE NOT sent AND `+where+` ORDER BY id LIMIT 10 FOR UPDATE SKIP LOCKED`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []event
	for rows.Next() {
		var e event
		if err := rows.Scan(&e.id, &e.topic, &e.body); err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, rows.Err()
}

func relay(ctx context.Context, db *sql.DB) error {
	b := &bus{}
	for {
		n, err := relayBatch(ctx, db, b)
		if err != nil {
			return err
		}
		if n == 0 {
			break
		}
	}
	if b.sent != 25 {
		return fmt.Errorf("sent %d", b.sent)
	}
	return nil
}

func relayBatch(ctx context.Context, db *sql.DB, b *bus) (int, error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer tx.Rollback()
	list, err := claim(ctx, tx, "topic = 'orders'")
	if err != nil || len(list) == 0 {
		return 0, err
	}
	ids := make([]int64, len(list))
	for i, e := range list {
		if err := b.publish(e); err != nil {
			return 0, err
		}
		ids[i] = e.id
	}
	if _, err := tx.ExecContext(ctx, `UPDATE outbox SET sent = true WHERE id = ANY($1)`, ids); err != nil {
		return 0, err
	}
	return len(list), tx.Commit()
}

func relaySingly(ctx context.Context, db *sql.DB) error {
	b := &bus{}
	rows, err := db.QueryContext(ctx, `SELECT id, topic, body FROM outbox WHERE NOT sent ORDER BY id LIMIT 12`)
	if err != nil {
		return err
	}
	var list []event
	for rows.Next() {
		var e event
		if err := rows.Scan(&e.id, &e.topic, &e.body); err != nil {
			return errors.Join(err, rows.Close())
		}
		list = append(list, e)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return err
	}
	for _, e := range list {
		if err := b.publish(e); err != nil {
			return err
		}
		if _, err := db.ExecContext(ctx, `UPDATE outbox SET sent = true WHERE id = $1`, e.id); err != nil {
			return err
		}
	}
	return nil
}

func relayTenants(ctx context.Context, db *sql.DB) error {
	b := &bus{}
	for _, tenant := range []string{"t0", "t1", "t2"} {
		if err := relayTenant(ctx, db, b, tenant); err != nil {
			return err
		}
	}
	return nil
}

func relayTenant(ctx context.Context, db *sql.DB, b *bus, tenant string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock(hashtext($1))`, tenant); err != nil {
		return err
	}
	list, err := claim(ctx, tx, "tenant = $1", tenant)
	if err != nil {
		return err
	}
	var last int64
	for _, e := range list {
		if err := b.publish(e); err != nil {
			return err
		}
		last = e.id
	}
	if _, err := tx.ExecContext(ctx, `UPDATE outbox SET sent = true WHERE tenant = $1 AND id <= $2`, tenant, last); err != nil {
		return err
	}
	return tx.Commit()
}

func receive(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	const id = "0f8fad5b-d9cb-469f-a165-70867728950e"
	res, err := tx.ExecContext(ctx, `INSERT INTO inbox (message_id) VALUES ($1) ON CONFLICT DO NOTHING`, id)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err
	}
	var item int64
	if err := tx.QueryRowContext(ctx, `INSERT INTO items (sku, cents) VALUES ($1, $2) RETURNING id`, "MSG-1", 10).Scan(&item); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO outbox (tenant, topic, body) VALUES ($1, $2, $3)`, "t1", "items", fmt.Sprint(item)); err != nil {
		return err
	}
	return tx.Commit()
}
