// Package orders writes rows in one transaction, with a savepoint in each turn of the loop. A row that runs between a savepoint and
// what ends it may be undone alone, so its INSERT is suspect. A savepoint that its function has left open says nothing of what runs
// after that function: those INSERTs are row-by-row-insert, in one transaction.
package orders

import (
	"context"
	"database/sql"

	"gorm.io/gorm"
)

// in runs fn in a transaction.
func in(ctx context.Context, db *sql.DB, fn func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := fn(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// Released releases the savepoint of each row, also after a row that fails.
func Released(ctx context.Context, db *sql.DB, insert string, names []string) error {
	return in(ctx, db, func(tx *sql.Tx) error {
		for _, n := range names { // loopReleased
			if _, err := tx.ExecContext(ctx, "SAVEPOINT s"); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, insert, n); err != nil {
				if _, err := tx.ExecContext(ctx, "ROLLBACK TO SAVEPOINT s"); err != nil {
					return err
				}
			}
			if _, err := tx.ExecContext(ctx, "RELEASE SAVEPOINT s"); err != nil {
				return err
			}
		}
		return nil
	})
}

// LeftOpen releases no savepoint.
func LeftOpen(ctx context.Context, db *sql.DB, insert string, names []string) error {
	return in(ctx, db, func(tx *sql.Tx) error {
		for _, n := range names { // loopLeftOpen
			if _, err := tx.ExecContext(ctx, "SAVEPOINT s"); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, insert, n); err != nil {
				if _, err := tx.ExecContext(ctx, "ROLLBACK TO SAVEPOINT s"); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// mark and back are LeftOpen's two statements in functions of their own.
func mark(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, "SAVEPOINT s")
	return err
}

func back(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, "ROLLBACK TO SAVEPOINT s")
	return err
}

// Helped is LeftOpen, with helpers.
func Helped(ctx context.Context, db *sql.DB, insert string, names []string) error {
	return in(ctx, db, func(tx *sql.Tx) error {
		for _, n := range names { // loopHelped
			if err := mark(ctx, tx); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, insert, n); err != nil {
				if err := back(ctx, tx); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// add inserts a row, and undoes it alone if it fails. It leaves its savepoint open.
func add(ctx context.Context, tx *sql.Tx, insert, name string) error {
	if _, err := tx.ExecContext(ctx, "SAVEPOINT s"); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, insert, name)
	if err != nil {
		_, err = tx.ExecContext(ctx, "ROLLBACK TO SAVEPOINT s")
	}
	return err
}

// Behind writes a second row in each turn, after the function that has left its savepoint open.
func Behind(ctx context.Context, db *sql.DB, insert, second string, names []string) error {
	return in(ctx, db, func(tx *sql.Tx) error {
		for _, n := range names { // loopBehind
			if err := add(ctx, tx, insert, n); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, second, n); err != nil {
				return err
			}
		}
		return nil
	})
}

// Around has one savepoint, around the loop.
func Around(ctx context.Context, db *sql.DB, insert string, names []string) error {
	return in(ctx, db, func(tx *sql.Tx) error {
		if err := mark(ctx, tx); err != nil {
			return err
		}
		for _, n := range names { // loopAround
			if _, err := tx.ExecContext(ctx, insert, n); err != nil {
				return back(ctx, tx)
			}
		}
		return nil
	})
}

// Nested runs in each turn a savepoint that is released, in one that is not: the inner one ends, the outer one is the same for all.
func Nested(ctx context.Context, db *sql.DB, insert, second string, names []string) error {
	return in(ctx, db, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "SAVEPOINT outermost"); err != nil {
			return err
		}
		for _, n := range names { // loopNested
			if _, err := tx.ExecContext(ctx, "SAVEPOINT s"); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, insert, n); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, "RELEASE SAVEPOINT s"); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, second, n); err != nil {
				return err
			}
		}
		return nil
	})
}

// Alone has no transaction around its savepoints. On SQLite each is a transaction; on MariaDB it has no effect.
func Alone(ctx context.Context, db *sql.DB, insert string, names []string) error {
	c, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	for _, n := range names { // loopAlone
		if _, err := c.ExecContext(ctx, "SAVEPOINT s"); err != nil {
			return err
		}
		if _, err := c.ExecContext(ctx, insert, n); err != nil {
			return err
		}
		c.ExecContext(ctx, "RELEASE SAVEPOINT s") // MariaDB has none
	}
	return nil
}

type Order struct {
	ID   int64
	Name string
}

type Audit struct {
	ID   int64
	Name string
}

// GORM nests a transaction in each turn. GORM begins a savepoint for it, and never releases it.
func GORM(ctx context.Context, db *gorm.DB, names []string) error {
	return db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		for _, n := range names { // loopGORM
			if err := tx.Transaction(func(tx *gorm.DB) error { return tx.Create(&Order{Name: n}).Error }); err != nil {
				continue
			}
			if err := tx.Create(&Audit{Name: n}).Error; err != nil {
				return err
			}
		}
		return nil
	})
}
