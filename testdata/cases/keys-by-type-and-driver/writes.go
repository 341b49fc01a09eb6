package typed

import (
	"context"
	"database/sql"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// Deletes runs one DELETE for each key.
func Deletes(ctx context.Context, db *sql.DB, keys []uuid.UUID) error {
	for _, k := range keys { // loopDeletes
		if _, err := db.ExecContext(ctx, "DELETE FROM items WHERE owner_uuid = $1", k); err != nil {
			return err
		}
	}
	return nil
}

func Updates(ctx context.Context, db *sql.DB, keys []uuid.UUID) error {
	for _, k := range keys { // loopUpdates
		if _, err := db.ExecContext(ctx, "UPDATE items SET title = 'x' WHERE owner_uuid = $1", k); err != nil {
			return err
		}
	}
	return nil
}

func Inserts(ctx context.Context, db *sql.DB, keys []uuid.UUID) error {
	for _, k := range keys { // loopInserts
		if _, err := db.ExecContext(ctx, "INSERT INTO items (owner_uuid, owner_id) VALUES ($1, $2)", k, UserID(k[15])); err != nil {
			return err
		}
	}
	return nil
}

// Same repeats the query of one key.
func Same(ctx context.Context, db *sql.DB, key uuid.UUID, times int) (n int, err error) {
	for range times { // loopSame
		m, err := look(ctx, db, byUUID, key)
		if err != nil {
			return 0, err
		}
		n += m
	}
	return n, nil
}

type Owner struct {
	ID  int64
	UID uuid.UUID `gorm:"type:uuid;column:uid"`
}
type Item struct {
	OwnerUUID uuid.UUID `gorm:"type:uuid;column:owner_uuid"`
	Title     string
}

// OnGORM loads the items of each owner with GORM.
func OnGORM(db *gorm.DB) (n int, err error) {
	var owners []Owner
	if err := db.Order("id").Find(&owners).Error; err != nil {
		return 0, err
	}
	for _, o := range owners { // loopOnGORM
		var items []Item
		if err := db.Where("owner_uuid = ?", o.UID).Find(&items).Error; err != nil {
			return 0, err
		}
		for _, i := range items {
			n += len(i.Title)
		}
	}
	return n, nil
}
