package intake

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

func pullContacts(ctx context.Context, db *sql.DB) error {
	for _, c := range remoteContacts(1, 14) { // want loop: n-plus-one
		var etag string
		err := db.QueryRowContext(ctx, `SELECT etag FROM contacts WHERE remote_id = $1`, c.id).Scan(&etag)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			_, err = db.ExecContext(ctx, `INSERT INTO contacts (remote_id, email, etag) VALUES ($1, $2, $3)`, c.id, c.email, c.etag)
		case err == nil && etag != c.etag:
			_, err = db.ExecContext(ctx, `UPDATE contacts SET email = $2, etag = $3 WHERE remote_id = $1`, c.id, c.email, c.etag)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

type contactStore interface {
	Save(ctx context.Context, c contact) error
}

type pgContacts struct{ db *sql.DB }

func (p pgContacts) Save(ctx context.Context, c contact) error {
	_, err := p.db.ExecContext(ctx, `INSERT INTO contacts (remote_id, email, etag) VALUES ($1, $2, $3) ON CONFLICT (remote_id) DO UPDATE SET email = excluded.email, etag = excluded.etag`, c.id, c.email, c.etag)
	return err
}

func mirrorContacts(ctx context.Context, db *sql.DB) error {
	return mirror(ctx, pgContacts{db}, remoteContacts(40, 11))
}

func mirror(ctx context.Context, to contactStore, list []contact) error {
	for _, c := range list { // want loop: row-by-row-insert
		if err := to.Save(ctx, c); err != nil {
			return fmt.Errorf("contact %s: %w", c.id, err)
		}
	}
	return nil
}

func pageThroughContacts(ctx context.Context, db *sql.DB) error {
	var cursor string
	if err := db.QueryRowContext(ctx, `SELECT cursor FROM sync_state WHERE name = 'contacts'`).Scan(&cursor); err != nil {
		return err
	}
	for page := range 5 {
		list := remoteContacts(100+page*6, 6)
		if err := savePage(ctx, db, list, fmt.Sprint("page-", page)); err != nil {
			return err
		}
	}
	return nil
}

func savePage(ctx context.Context, db *sql.DB, list []contact, cursor string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var ids, emails, etags []string
	for _, c := range list {
		ids, emails, etags = append(ids, c.id), append(emails, c.email), append(etags, c.etag)
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO contacts (remote_id, email, etag) SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[]) ON CONFLICT (remote_id) DO UPDATE SET email = excluded.email, etag = excluded.etag`, ids, emails, etags); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE sync_state SET cursor = $1 WHERE name = 'contacts'`, cursor); err != nil {
		return err
	}
	return tx.Commit()
}

func sweep(ctx context.Context, db *sql.DB) error {
	rows, err := db.QueryContext(ctx, `SELECT id FROM items WHERE stale`)
	if err != nil {
		return err
	}
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return errors.Join(err, rows.Close())
		}
		ids = append(ids, id)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return err
	}
	for _, id := range ids { // want loop: row-by-row-delete
		if _, err := db.ExecContext(ctx, `DELETE FROM items WHERE id = $1`, id); err != nil {
			return err
		}
	}
	return nil
}
