package depot

import (
	"context"
	"database/sql"
	"errors"
	"sync"

	"github.com/uptrace/bun"
)

// Repo reads and writes rows of one table by their key.
type Repo[T any, K comparable] struct {
	db  bun.IDB
	key string
}

// NewRepo returns a repository; key is the column of the primary key.
func NewRepo[T any, K comparable](db bun.IDB, key string) *Repo[T, K] {
	return &Repo[T, K]{db: db, key: key}
}

// Get returns the row with the key, or nil.
func (r *Repo[T, K]) Get(ctx context.Context, k K) (*T, error) {
	row := new(T)
	err := r.db.NewSelect().Model(row).Where("? = ?", bun.Ident(r.key), k).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return row, err
}

// GetMany returns the rows with the keys.
func (r *Repo[T, K]) GetMany(ctx context.Context, ks []K) ([]*T, error) {
	var rows []*T
	if len(ks) == 0 {
		return nil, nil
	}
	err := r.db.NewSelect().Model(&rows).Where("? IN (?)", bun.Ident(r.key), bun.List(ks)).Scan(ctx)
	return rows, err
}

// A Getter finds a row by its key.
type Getter[T any, K comparable] interface {
	Get(ctx context.Context, k K) (*T, error)
}

// Shelf remembers rows for the time of one request.
type Shelf[T any, K comparable] struct {
	repo  *Repo[T, K]
	keyOf func(*T) K

	mu   sync.Mutex
	rows map[K]*T
}

// NewShelf returns an empty shelf in front of the repository.
func NewShelf[T any, K comparable](repo *Repo[T, K], keyOf func(*T) K) *Shelf[T, K] {
	return &Shelf[T, K]{repo: repo, keyOf: keyOf, rows: map[K]*T{}}
}

// Fill loads the rows that are not on the shelf yet.
func (s *Shelf[T, K]) Fill(ctx context.Context, ks []K) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var missing []K
	for _, k := range ks {
		if _, ok := s.rows[k]; !ok {
			missing = append(missing, k)
			s.rows[k] = nil
		}
	}
	rows, err := s.repo.GetMany(ctx, missing)
	for _, row := range rows {
		s.rows[s.keyOf(row)] = row
	}
	return err
}

// Get returns the row from the shelf, or loads it.
func (s *Shelf[T, K]) Get(ctx context.Context, k K) (*T, error) {
	s.mu.Lock()
	row, ok := s.rows[k]
	s.mu.Unlock()
	if ok {
		return row, nil
	}
	row, err := s.repo.Get(ctx, k)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.rows[k] = row
	s.mu.Unlock()
	return row, nil
}
