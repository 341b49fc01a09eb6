// Package household keeps the books of households.
package household

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/nplusgone/nplusgone/testdata/rowuse/b/sqlboiler/models"
)

var ErrForbidden = errors.New("forbidden")

type Books struct{ DB *sql.DB }

func (b *Books) load(ctx context.Context, id int64) (*models.Household, error) {
	h, err := models.FindHousehold(ctx, b.DB, id) // want: duplicate-query
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("household %d: %w", id, err)
	}
	return h, err
}

func (b *Books) authorize(ctx context.Context, id int64, user string) error {
	h, err := b.load(ctx, id)
	if err != nil {
		return err
	}
	if h.Owner != user {
		return ErrForbidden
	}
	return nil
}

// Title is the title of a household's books, which its owner may see.
func (b *Books) Title(ctx context.Context, id int64, user string) (string, error) {
	if err := b.authorize(ctx, id, user); err != nil {
		return "", err
	}
	h, err := b.load(ctx, id)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s (%s)", h.Name, h.Currency), nil
}

// Rename renames a household and returns its new and its old state.
func (b *Books) Rename(ctx context.Context, id int64, name string) (now, before *models.Household, err error) {
	if before, err = models.FindHousehold(ctx, b.DB, id); err != nil {
		return nil, nil, err
	}
	if _, err = models.Households(models.HouseholdWhere.ID.EQ(id)).UpdateAll(ctx, b.DB, models.M{models.HouseholdColumns.Name: name}); err != nil {
		return nil, nil, err
	}
	now, err = models.FindHousehold(ctx, b.DB, id)
	return now, before, err
}
