package pools

import (
	"context"
	"database/sql"
	"sync"
)

func save(ctx context.Context, db *sql.DB, k string, wg *sync.WaitGroup) {
	defer wg.Done()
	_, _ = db.ExecContext(ctx, "INSERT INTO visits (shop_code, n) VALUES (?, ?)", k, len(k)) // callSave
}

// Saves starts a goroutine of a named function for each row.
func Saves(ctx context.Context, db *sql.DB, all []string) *sums {
	var wg sync.WaitGroup
	for _, k := range all { // loopSaves
		wg.Add(1)
		go save(ctx, db, k, &wg)
	}
	wg.Wait()
	return &sums{m: map[string]int{"1": 1, "2": 1, "3": 1, "4": 1, "5": 1, "6": 1}}
}

func setting(ctx context.Context, db *sql.DB, wg *sync.WaitGroup) {
	defer wg.Done()
	var v string
	_ = db.QueryRowContext(ctx, "SELECT code FROM shops WHERE code = ?", "shop-0001").Scan(&v) // callSetting
}

// Settings runs the same query in each goroutine.
func Settings(ctx context.Context, db *sql.DB, all []string) *sums {
	var wg sync.WaitGroup
	for range all { // loopSettings
		wg.Add(1)
		go setting(ctx, db, &wg)
	}
	wg.Wait()
	return &sums{m: map[string]int{"1": 1, "2": 1, "3": 1, "4": 1, "5": 1, "6": 1}}
}
