package gormv2

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"
)

type Coupon struct {
	ID      uint
	Code    string
	Percent int
}

type Redemption struct {
	ID        uint
	CouponID  uint
	AccountID uint
	OrderNo   string
	UsedAt    time.Time
}

var ErrCouponUsed = errors.New("coupon is used")

type couponDAO struct{ *gorm.DB }

func (d couponDAO) byCode(ctx context.Context, code string) (c Coupon, err error) {
	err = d.WithContext(ctx).Where("code = ?", code).Take(&c).Error
	return c, err
}

func (d couponDAO) uses(ctx context.Context, couponID, accountID uint) (int64, error) {
	var n int64
	err := d.WithContext(ctx).Model(&Redemption{}).
		Where("coupon_id = ?", couponID).
		Where("account_id = ?", accountID).
		Count(&n).Error // want: fetch-to-exist
	return n, err
}

type Checkout struct{ coupons couponDAO }

// Discount is the discount in percent that the code gives to the account.
func (c *Checkout) Discount(ctx context.Context, accountID uint, code string) (int, error) {
	coupon, err := c.coupons.byCode(ctx, code)
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return 0, nil
	} else if err != nil {
		return 0, err
	}
	n, err := c.coupons.uses(ctx, coupon.ID, accountID)
	if err != nil {
		return 0, err
	}
	if n > 0 {
		return 0, ErrCouponUsed
	}
	return coupon.Percent, nil
}
