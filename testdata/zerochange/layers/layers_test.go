package layers

import (
	"path/filepath"
	"testing"

	"github.com/jmoiron/sqlx"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

func open(t *testing.T) (*gorm.DB, *sqlx.DB) {
	db, err := gorm.Open(sqlite.Open(filepath.Join(t.TempDir(), "books.db")), &gorm.Config{Logger: logger.Discard})
	if err != nil {
		t.Fatal(err)
	}
	pool, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pool.Close() })
	if err := db.AutoMigrate(&Author{}, &Book{}); err != nil {
		t.Fatal(err)
	}
	for id := uint(1); id <= 5; id++ {
		if err := db.Create(&Author{ID: id * id, Name: "name", Books: []Book{{Title: "title"}, {Title: "other"}}}).Error; err != nil {
			t.Fatal(err)
		}
	}
	return db, sqlx.NewDb(pool, "sqlite3")
}

func TestGORM(t *testing.T) {
	db, _ := open(t)
	for name, fn := range map[string]func(*gorm.DB) ([]Author, error){"loop": Books, "preload": Preloaded} {
		t.Run(name, func(t *testing.T) {
			authors, err := fn(db)
			if err != nil || len(authors) != 5 || len(authors[4].Books) != 2 {
				t.Errorf("%v, %v", authors, err)
			}
		})
	}
	if err := Rename(db); err != nil {
		t.Error(err)
	}
}

func TestSqlx(t *testing.T) {
	_, db := open(t)
	for name, fn := range map[string]func(*sqlx.DB) ([]title, error){"loop": Titles, "in": TitlesIn} {
		t.Run(name, func(t *testing.T) {
			if titles, err := fn(db); err != nil || len(titles) != 10 {
				t.Errorf("%v, %v", titles, err)
			}
		})
	}
}
