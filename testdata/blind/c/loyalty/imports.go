package loyalty

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
)

func newCards() []member {
	var out []member
	for i := range 16 {
		m := member{card: fmt.Sprintf("C-%04d", 5000+i*7), name: fmt.Sprintf("Import %d", i)}
		out = append(out, m)
	}
	return out
}

func importMembers(ctx context.Context, db *sql.DB) error {
	var fresh []member
	for _, m := range newCards() { // want loop: n-plus-one
		var id int
		err := db.QueryRowContext(ctx, "SELECT id FROM members WHERE card = ?", m.card).Scan(&id)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			fresh = append(fresh, m)
		case err != nil:
			return err
		}
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, m := range fresh { // want loop: row-by-row-insert
		if _, err := tx.ExecContext(ctx, "INSERT INTO members (card, name) VALUES (?, ?)", m.card, m.name); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func mergeMembers(ctx context.Context, db *sql.DB) error {
	for part := range slices.Chunk(newCards(), 6) {
		var args []any
		for _, m := range part {
			args = append(args, m.card, m.name)
		}
		if _, err := db.ExecContext(ctx, "INSERT INTO members (card, name) VALUES "+placeholders("(?, ?)", len(part))+" ON DUPLICATE KEY UPDATE name = VALUES(name)", args...); err != nil {
			return err
		}
	}
	return nil
}

func bookPoints(ctx context.Context, db *sql.DB) error {
	list, err := members(ctx, db)
	if err != nil {
		return err
	}
	for _, m := range list { // want loop: row-by-row-insert
		if _, err := db.ExecContext(ctx, "INSERT INTO balances (member_id, month, points) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE points = points + VALUES(points)", m.id, "2025-01", 5); err != nil {
			return err
		}
	}
	return nil
}

func grade(_ context.Context, db *sql.DB) error {
	list, err := members(context.Background(), db)
	if err != nil {
		return err
	}
	stmt, err := db.Prepare("UPDATE members SET tier = ? WHERE id = ?")
	if err != nil {
		return err
	}
	defer stmt.Close()
	for _, m := range list { // want loop: row-by-row-update
		tier := "silver"
		if m.interests.Valid {
			tier = "gold"
		}
		if _, err := stmt.Exec(tier, m.id); err != nil {
			return err
		}
	}
	return nil
}

func regrade(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "CREATE TEMPORARY TABLE grading (member_id int PRIMARY KEY, tier varchar(10))"); err != nil {
		return err
	}
	list, err := members(ctx, db)
	if err != nil {
		return err
	}
	var args []any
	for _, m := range list {
		args = append(args, m.id, map[bool]string{true: "gold", false: "silver"}[m.interests.Valid])
	}
	if _, err := conn.ExecContext(ctx, "INSERT INTO grading VALUES "+placeholders("(?, ?)", len(list)), args...); err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, "UPDATE members m JOIN grading g ON g.member_id = m.id SET m.tier = g.tier"); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, "DROP TEMPORARY TABLE grading")
	return err
}

func withdraw(ctx context.Context, db *sql.DB) error {
	gone := basket()
	for i := 0; i < len(gone); i++ { // want loop: row-by-row-delete
		if err := removePrice(ctx, db, gone[i]); err != nil {
			return err
		}
	}
	return nil
}

func removePrice(ctx context.Context, db *sql.DB, k priceKey) error {
	_, err := db.ExecContext(ctx, "DELETE FROM prices WHERE store_id = ? AND sku = ?", k.store, k.sku)
	return err
}

func purgeVouchers(ctx context.Context, db *sql.DB) error {
	for {
		res, err := db.ExecContext(ctx, "DELETE FROM vouchers WHERE cents < ? LIMIT 8", 500)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err
		}
	}
}

func grantVouchers(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	res, err := tx.ExecContext(ctx, "INSERT INTO audit (note) VALUES (?)", "vouchers for May")
	if err != nil {
		return err
	}
	run, err := res.LastInsertId()
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO vouchers (member_id, cents) SELECT id, ? FROM members WHERE interests IS NOT NULL", 100+run); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO audit (note) VALUES (?)", "done"); err != nil {
		return err
	}
	return tx.Commit()
}

func closeMonth(ctx context.Context, db *sql.DB) error {
	for _, store := range []int{1, 2, 3} {
		if err := closeStore(ctx, db, store); err != nil {
			return fmt.Errorf("store %d: %w", store, err)
		}
	}
	return nil
}

func closeStore(ctx context.Context, db *sql.DB, store int) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	lock := fmt.Sprint("close-", store)
	var got sql.NullInt64
	if err := conn.QueryRowContext(ctx, "SELECT GET_LOCK(?, 1)", lock).Scan(&got); err != nil || got.Int64 != 1 {
		return errors.Join(err, errors.New("busy"))
	}
	defer conn.ExecContext(ctx, "DO RELEASE_LOCK(?)", lock)
	_, err = conn.ExecContext(ctx, "INSERT INTO balances (member_id, month, points) SELECT member_id, '2025-05', SUM(cents) DIV 100 FROM purchases WHERE store_id = ? GROUP BY member_id ON DUPLICATE KEY UPDATE points = points + VALUES(points)", store)
	return err
}
