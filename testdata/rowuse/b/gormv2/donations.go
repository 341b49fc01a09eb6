package gormv2

import (
	"context"
	"fmt"
	"io"

	"gorm.io/gorm"
)

type Donation struct {
	ID         uint
	CampaignID uint
	Donor      string
	Cents      int64
	Settled    bool
}

func settledAmounts(ctx context.Context, db *gorm.DB, campaign uint) (cents []int64, err error) {
	err = db.WithContext(ctx).Model(&Donation{}).
		Where("campaign_id = ? AND settled", campaign).
		Pluck("cents", &cents).Error // want: aggregate-in-app
	return cents, err
}

func total[T ~int | ~int64](xs []T) (sum T) {
	for _, x := range xs {
		sum += x
	}
	return sum
}

// PrintThermometer writes the line that is shown on the campaign's page.
func PrintThermometer(ctx context.Context, db *gorm.DB, w io.Writer, campaign uint, goal int64) error {
	cents, err := settledAmounts(ctx, db, campaign)
	if err != nil {
		return err
	}
	raised := total(cents)
	_, err = fmt.Fprintf(w, "%d.%02d raised of %d.00 (%d%%)\n", raised/100, raised%100, goal/100, raised*100/goal)
	return err
}
